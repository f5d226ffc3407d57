package registry

// Set is what one answer of the register would do to the stored schools: the result of Compare. It does nothing by
// itself. Whoever applies it keeps to the order of Lines, reads each school again and asks Line.Holds first; a set that
// no longer holds is compared anew.
type Set struct {
	Lines    []Line         `json:"lines"`
	Stop     string         `json:"stop"`     // Chinese sentence: why nothing is applied before a person has looked at the register; empty if nothing is unusual
	Feedback []Feedback     `json:"feedback"` // what the register should take over from here
	Agreed   []Correction   `json:"agreed"`   // local corrections that the register has taken over: they end, nothing else changes
	Missing  map[string]int `json:"missing"`  // Options.Missing of the next run
}

// Line is one thing that a person accepts or leaves, whole. A row may give several: a school renamed that also moved and
// has a new phone number gives a Rename, a Move and an Update. What to do when it is accepted:
//
//	Create     open the school After (Into, Parts and Fields are empty).
//	AddCampus  store Apply(school).
//	Update     store Apply(school). One line for each field.
//	Rename     store Apply(school): the name, and with it the short name, initials and former names.
//	Move       store Apply(school): address, town, postcode, position.
//	Reopen     reopen the school, then store Apply(school): status, and the day it ended is taken away.
//	Close      close the school on After.EndedOn, or today where that is empty.
//	Merge      merge the school into those of Into (found by ID, or by Code where a Create before it opened them). Without
//	           any, Candidates are offered and the person's choice becomes Into.
//	Split      open each of Parts, store Apply(school), which no longer has them as campuses; if Ends, close the school with
//	           Parts as successors.
//	Vanish     close the school, once it was missing often enough: until then Known is true and there is nothing to accept.
//	Conflict   store Apply(school) and end the local correction. Left by the person: set the correction's Was to Fields[0].New,
//	           so that the same value is Known from then on.
//	Unsure     cannot be accepted: the person's choice, one of Candidates or a new school, becomes a Decision about RowKey,
//	           and the same rows are compared again with it.
//	Bad        cannot be accepted: the register has to put it right. The school, if one is meant, stays as it is.
//	Same       nothing.
type Line struct {
	Key        string        `json:"key"` // the same in every run that finds the same: a line left once can be kept out of sight
	Kind       Kind          `json:"kind"`
	Row        int           `json:"row"`     // Row.Line; 0 where no row speaks of the school
	RowKey     string        `json:"row_key"` // Row.Key
	School     string        `json:"school"`  // ID of the stored school; empty if there is none (yet)
	Code       string        `json:"code"`    // of the school as stored, else as it would be opened
	Name       string        `json:"name"`
	Basis      Basis         `json:"basis"`  // how the row found the school
	Reason     string        `json:"reason"` // Chinese sentence for the person who decides
	Fields     []FieldChange `json:"fields,omitempty"`
	After      School        `json:"after,omitzero"` // what Apply takes the fields from; a school to be opened is whole
	Into       []Successor   `json:"into,omitempty"`
	Parts      []School      `json:"parts,omitempty"`
	Ends       bool          `json:"ends"`                 // Split: nothing of the old school remains
	Candidates []Candidate   `json:"candidates,omitempty"` // most alike first
	Problems   []Problem     `json:"problems,omitempty"`
	Known      bool          `json:"known"` // nothing to decide (yet): shown, not counted as open
}

// Kind is what a row, or its absence, says about a school.
type Kind string

// The kinds, in the order of a set.
const (
	Create    Kind = "create"   // 新增
	AddCampus Kind = "campus"   // 并为校区: the row is a place of the school
	Update    Kind = "update"   // 变更
	Rename    Kind = "rename"   // 更名
	Move      Kind = "move"     // 迁址
	Merge     Kind = "merge"    // 合并
	Split     Kind = "split"    // 分设
	Close     Kind = "close"    // 撤销
	Reopen    Kind = "reopen"   // 恢复
	Vanish    Kind = "vanish"   // 名单中消失
	Conflict  Kind = "conflict" // 与本地更正不一致
	Unsure    Kind = "unsure"   // 待辨认
	Bad       Kind = "bad"      // 有问题: see Problems; nothing is done
	Same      Kind = "same"     // 不变
)

// Basis is by what a row and a stored school were found to be one.
type Basis string

// The bases, the surest first. Similarity alone never makes a match: it only gives candidates.
const (
	ByDecision   Basis = "decision"    // a person said so
	ByRegistryID Basis = "registry_id" // 机构编号
	ByCode       Basis = "code"        // 学校代码
	ByCreditCode Basis = "credit_code" // 统一社会信用代码
	ByName       Basis = "name"        // the name, however it is typed
	ByAlias      Basis = "alias"       // another or former name that is stored
	ByFormerName Basis = "former_name" // the row gives the stored name as its former one (曾用名)
	ByWriting    Basis = "writing"     // the name once 上海市闵行区, 民办, 第二/二中, 附中 and doubled words are written one way
	BySimilarity Basis = "similarity"  // candidates only
)

// FieldChange is one value that becomes another, as text.
type FieldChange struct {
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// Successor is a school that takes over from another. Only a stored one has an ID.
type Successor struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// Candidate is a stored school that a row may be.
type Candidate struct {
	School string `json:"school"` // ID
	Code   string `json:"code"`
	Name   string `json:"name"`
	Alike  int    `json:"alike"`  // per cent of the names
	Reason string `json:"reason"` // 名称相似 86%，地址相同
}

// Options are what is known besides the schools and the answer.
type Options struct {
	Scope       Scope          // what the source speaks for: what is outside has not vanished, and rows about it are refused
	Partial     bool           // the answer is incremental: a school that is not in it has not vanished
	VanishAfter int            // whole answers in a row without a school before it may be closed; 3 if 0
	Missing     map[string]int // by ID: whole answers in a row that were without the school, before this one
	Decisions   []Decision
	Corrections []Correction
	Shares      Shares
}

// Decision is a person's earlier choice. It is certain.
type Decision struct {
	Row    string `json:"row"`    // Row.Key
	School string `json:"school"` // ID of the school that the row is; empty for a school of its own
}

// Correction is a value that the district put right here (本地更正). The register does not write over it.
type Correction struct {
	School string `json:"school"` // ID
	Field  string `json:"field"`
	Value  string `json:"value"` // what holds here, as text
	Was    string `json:"was"`   // what the register said when a person last decided
	At     string `json:"at"`    // day
}

// Feedback is a correction offered to the register: it still says Theirs.
type Feedback struct {
	Correction
	RegistryID string `json:"registry_id"`
	Code       string `json:"code"`
	Name       string `json:"name"`
	Theirs     string `json:"theirs"`
}

// Share is how much of the district one run may touch unasked: up to Most of the open schools that the source speaks for (0.05 is 5%), and in a small
// district up to Least of them whatever the share. The zero Share is no limit.
type Share struct {
	Most  float64 `json:"most"`
	Least int     `json:"least"`
}

// Shares are the limits of one run. Above any of them Set.Stop says so.
type Shares struct {
	Opened  Share `json:"opened"`  // Create and the parts of a Split; not asked while no school is stored
	Ended   Share `json:"ended"`   // Close, Merge, a Split that Ends, and a Vanish that is new
	Renamed Share `json:"renamed"` // Rename
	Changed Share `json:"changed"` // schools with a value that becomes another or moves; filling an empty field changes nothing
}

// UsualShares are limits that a quiet year of a district stays below.
var UsualShares = Shares{Opened: Share{0.30, 10}, Ended: Share{0.05, 3}, Renamed: Share{0.10, 5}, Changed: Share{0.50, 10}}

// Rule accepts lines without a person. A Rule never covers what is not certain or weighs too much: Unsure, Merge, Split,
// Close, Reopen, Vanish, Conflict and Bad, or any line of a set that is stopped.
type Rule struct {
	Field string  `json:"field"` // of an Update; empty for every field
	From  Kind    `json:"from"`
	Basis []Basis `json:"basis"` // empty for those that do not rest on a name
}

// Acceptable reports whether accepting the line does something. A Merge needs Into first.
func (l Line) Acceptable() bool {
	switch l.Kind {
	case Unsure, Bad, Same:
		return false
	case Merge:
		return len(l.Into) > 0
	}
	return !l.Known
}
