package pb_hooks

// RegistrySources is what the workbench shows of the connection to the register of
// institutions (区机构查询平台).
type RegistrySources struct {
	Sources   []RegistrySource `json:"sources"`
	Kinds     []NamedCode      `json:"kinds"` // of sources
	Ruled     []NamedCode      `json:"ruled"` // kinds of lines that a rule may accept
	Fields    []NamedCode      `json:"fields"`
	MayManage bool             `json:"may_manage"`
	MayDecide bool             `json:"may_decide"`
}

// RegistryRule accepts lines of a kind without a person, where the row was found by
// one of some bases and, of a change of values, nothing but a field changes.
type RegistryRule struct {
	Name  string   `json:"name"` // under which it is recorded what it accepted
	Kind  string   `json:"kind"`
	Field string   `json:"field"` // "" is any
	Basis []string `json:"basis"` // empty: those that do not rest on a name
}

// RegistryRun is one reading of a source, and what became of the change set.
type RegistryRun struct {
	ID            string          `json:"id"`
	Source        string          `json:"source"`
	SourceName    string          `json:"source_name"`
	State         string          `json:"state"` // running, ready, stopped, partly, applied, failed, dismissed, cancelled
	StateName     string          `json:"state_name"`
	Occasion      string          `json:"occasion"` // person, schedule, upload, command
	Step          string          `json:"step"`     // of a run in progress: waiting, reading, comparing, storing; accepting, of a set whose lines are being accepted
	StepName      string          `json:"step_name"`
	Pages         int             `json:"pages"`
	Rows          int             `json:"rows"`
	Dry           bool            `json:"dry"`       // nothing is accepted by rule
	Unchanged     bool            `json:"unchanged"` // the source said that nothing changed
	Partial       bool            `json:"partial"`   // the source sent only what changed
	Same          int             `json:"same"`      // schools about which nothing changed
	Counts        []RegistryCount `json:"counts"`    // kinds that there are, in the order of a change set
	Open          int             `json:"open"`      // lines that wait for a decision
	Fault         string          `json:"fault"`
	Sentence      string          `json:"sentence"` // what went wrong, or how it ended
	Shape         string          `json:"shape"`    // how the fields of the source changed
	Stop          string          `json:"stop"`     // why it stopped and asks
	ReleaseReason string          `json:"release_reason"`
	ReleasedBy    string          `json:"released_by"`
	ReleasedAt    string          `json:"released_at"`
	By            string          `json:"by"` // name; "" is the schedule
	FileName      string          `json:"file_name"`
	BeganAt       string          `json:"began_at"`
	FinishedAt    string          `json:"finished_at"`
	MayDecide     bool            `json:"may_decide"`
	MayRelease    bool            `json:"may_release"`
	MayCancel     bool            `json:"may_cancel"`
	MayDismiss    bool            `json:"may_dismiss"`
}

// RegistryCount counts the lines of a kind by what was decided.
type RegistryCount struct {
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Total    int    `json:"total"`
	Open     int    `json:"open"`
	Accepted int    `json:"accepted"`
	Refused  int    `json:"refused"`
}

// RegistryRuns is one page of runs, the latest first.
type RegistryRuns struct {
	Items   []RegistryRun `json:"items"`
	Total   int           `json:"total"`
	Page    int           `json:"page"`
	PerPage int           `json:"per_page"`
}

// RegistryLine is one line of a change set.
type RegistryLine struct {
	ID         string              `json:"id"`
	Run        string              `json:"run"`
	Position   int                 `json:"position"`
	Kind       string              `json:"kind"`
	KindName   string              `json:"kind_name"`
	School     NamedCode           `json:"school"` // of ours; its code is "" of a new one
	Name       string              `json:"name"`   // as the source writes it
	Basis      string              `json:"basis"`
	BasisName  string              `json:"basis_name"` // by what it was recognised
	Reason     string              `json:"reason"`
	Row        int                 `json:"row"` // of the source; 0 of a school that is not in it
	Fields     []RegistryField     `json:"fields"`
	Into       []NamedCode         `json:"into"`       // schools that take over, of a merger
	Candidates []RegistryCandidate `json:"candidates"` // schools that it may be
	Problems   []RegistryProblem   `json:"problems"`   // why it cannot be accepted
	Decision   string              `json:"decision"`   // pending, postponed, accepted, refused
	Choice     string              `json:"choice"`     // same, new, ignore
	Rule       string              `json:"rule"`       // by which it was accepted
	DecidedBy  string              `json:"decided_by"`
	DecidedAt  string              `json:"decided_at"`
	AppliedAt  string              `json:"applied_at"`
	Outcome    string              `json:"outcome"` // applied, stale, failed
	Sentence   string              `json:"sentence"`
	MayAccept  bool                `json:"may_accept"`
	MayRefuse  bool                `json:"may_refuse"`
	MayChoose  bool                `json:"may_choose"` // which school it is
	NeedsInto  bool                `json:"needs_into"` // to accept it, who takes over has to be named
	// OpenCases are the requests and orders that are open at a school which is to be
	// closed: who goes on with them has to be named on the page of the school.
	OpenCases int    `json:"open_cases"`
	EndsOn    string `json:"ends_on"` // the day from which on it is no longer at work; "" of other lines
}

// RegistryField is what a line changes in one field, in words. Ours is what the
// school or the bureau put right itself, which the source contradicts.
type RegistryField struct {
	Field string `json:"field"`
	Name  string `json:"name"`
	Old   string `json:"old"`
	New   string `json:"new"`
	Ours  bool   `json:"ours"`
}

// RegistryCandidate is a school that a row may be.
type RegistryCandidate struct {
	School NamedCode `json:"school"`
	Reason string    `json:"reason"`
	Alike  int       `json:"alike"` // in percent
}

// RegistryProblem says what is wrong with a field of a row.
type RegistryProblem struct {
	Line   int    `json:"line"` // of the file, or number of the row
	Field  string `json:"field"`
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// RegistryLines is one page of lines.
type RegistryLines struct {
	Items   []RegistryLine `json:"items"`
	Total   int            `json:"total"`
	Page    int            `json:"page"`
	PerPage int            `json:"per_page"`
}

// RegistryDecided is what became of lines that were decided.
type RegistryDecided struct {
	Run     RegistryRun    `json:"run"`
	Items   []RegistryLine `json:"items"` // at most the first 100
	Applied int            `json:"applied"`
	Refused int            `json:"refused"`
	Stale   int            `json:"stale"`  // not applied: the school has changed since
	Failed  int            `json:"failed"` // not applied: see the sentence of each
}

// RegistryChoice is a decision that later runs keep to.
type RegistryChoice struct {
	ID         string    `json:"id"`
	Choice     string    `json:"choice"` // same, new, ignore; refused
	ChoiceName string    `json:"choice_name"`
	Kind       string    `json:"kind"` // of the line that was refused
	Name       string    `json:"name"` // as the source writes it
	School     NamedCode `json:"school"`
	By         string    `json:"by"`
	At         string    `json:"at"`
}
