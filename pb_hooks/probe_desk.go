package pb_hooks

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// ProbeDesk is what the platform found when it visited its own pages: of all
// schools, or of one.
type ProbeDesk struct {
	School   NamedCode    `json:"school"` // "" are all
	MayStart bool         `json:"may_start"`
	Demo     bool         `json:"demo"` // asks no address elsewhere
	Runs     []ProbeRun   `json:"runs"` // the latest first
	Schools  []ProbeLine  `json:"schools"`
	Days     []ProbeDay   `json:"days"`   // the last 30, the latest last
	Faults   []ProbeFault `json:"faults"` // visits that failed in the last 8 days, the latest first
}

// ProbeRun is one following of all links.
type ProbeRun struct {
	ID       string    `json:"id"`
	School   NamedCode `json:"school"` // "" are all
	State    string    `json:"state"`  // running, done, cancelled
	Phase    string    `json:"phase"`  // homes, pages, external
	Done     int       `json:"done"`
	Total    int       `json:"total"`
	Asked    int       `json:"asked"` // addresses elsewhere
	Alone    bool      `json:"alone"` // nobody elsewhere could be reached
	By       string    `json:"by"`    // "" is the system, by night
	Began    string    `json:"began"`
	Finished string    `json:"finished"`
}

// ProbeLine is how one school is reached: visits of the last seven days, and what
// is wrong with links now.
type ProbeLine struct {
	School      NamedCode `json:"school"`
	Visits      int       `json:"visits"`
	Failed      int       `json:"failed"`
	Slow        int       `json:"slow"`
	Within      int       `json:"within"` // 95 of 100 visits took no longer, in milliseconds
	Slowest     int       `json:"slowest"`
	HomeBroken  int       `json:"home_broken"`
	Broken      int       `json:"broken"`
	FilesBroken int       `json:"files_broken"`
	Foreign     int       `json:"foreign"`
	WeChat      int       `json:"wechat"`
}

// ProbeDay are the visits of a day.
type ProbeDay struct {
	Day     string `json:"day"`
	Hours   int    `json:"hours"` // with visits, of the school that has most
	Visits  int    `json:"visits"`
	Failed  int    `json:"failed"`
	Slow    int    `json:"slow"`
	Within  int    `json:"within"`
	Slowest int    `json:"slowest"`
	spread  probe.Spread
}

// ProbeFault is a visit that failed.
type ProbeFault struct {
	School NamedCode `json:"school"`
	Hour   string    `json:"hour"`
	VisitFault
}

const (
	probeDays       = 30
	probeRuns       = 5
	mostProbeFaults = 50
	probeWeek       = 7
)

// probedSchool is the school whose probes are asked for, or nil for all: the
// bureau's only.
func (p *platform) probedSchool(e *core.RequestEvent) (*records.School, error) {
	if e.Auth.GetString("school") == "" && e.Request.URL.Query().Get("school") == "" {
		may, err := p.oversees(e.App, e.Auth)
		if err == nil && !may {
			err = e.ForbiddenError("站点检查由教育局监督员、审核员、管理员和审计员查看。", nil)
		}
		return nil, err
	}
	return p.supervisedSchool(e)
}

func (p *platform) probeDesk(e *core.RequestEvent) error {
	school, err := p.probedSchool(e)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	desk := ProbeDesk{Demo: d.District.Demo, Runs: []ProbeRun{}, Schools: []ProbeLine{}, Days: []ProbeDay{}, Faults: []ProbeFault{}}
	if desk.MayStart, err = p.mayProbe(e.App, e.Auth); err != nil {
		return err
	}
	only := ""
	if school != nil {
		only, desk.School = school.ID, NamedCode{school.Code, school.Name}
	}
	for _, add := range []func(core.App, *records.Directory, string) error{desk.addRuns, desk.addFaults} {
		if err := add(e.App, d, only); err != nil {
			return err
		}
	}
	sums, err := probeSumsSince(e.App, p.today(), probeDays, only)
	if err != nil {
		return err
	}
	if err := desk.addDays(sums); err != nil {
		return err
	}
	if desk.Schools, err = probeLines(e.App, d, only, sums, dayOf(dayStart(p.today(), 1-probeWeek))); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

func (desk *ProbeDesk) addRuns(app core.App, d *records.Directory, only string) error {
	query := app.RecordQuery(records.ProbeRuns)
	if only != "" {
		query.AndWhere(dbx.In("school", "", only))
	}
	var runs []*core.Record
	err := query.OrderBy("(state != 'running')", "created DESC").Limit(probeRuns).All(&runs)
	for _, r := range runs {
		desk.Runs = append(desk.Runs, probeRunView(d, r))
	}
	return err
}

func probeRunView(d *records.Directory, r *core.Record) ProbeRun {
	return ProbeRun{ID: r.Id, School: namedSchool(d, r.GetString("school")), State: r.GetString("state"), Phase: r.GetString("phase"), Done: r.GetInt("done"),
		Total: r.GetInt("total"), Asked: r.GetInt("asked"), Alone: r.GetBool("alone"), By: r.GetString("by_name"),
		Began: r.GetDateTime("created").String(), Finished: r.GetDateTime("finished_at").String()}
}

// namedSchool is a school by its id; "" is none.
func namedSchool(d *records.Directory, id string) NamedCode {
	if s, ok := d.ByID(id); ok {
		return NamedCode{s.Code, s.ShortName}
	}
	return NamedCode{}
}

// probeSums are sums as they are stored.
type probeSums struct {
	School  string `db:"school"`
	Day     string `db:"day"`
	Hours   int    `db:"hours"`
	Visits  int    `db:"visits"`
	Failed  int    `db:"failed"`
	Slow    int    `db:"slow"`
	Slowest int    `db:"slowest"`
	Spread  string `db:"spread"`
}

func probeSumsSince(app core.App, latest string, days int, only string) (rows []probeSums, err error) {
	query := app.DB().Select("school", "day", "hours", "visits", "failed", "slow", "slowest", "spread").From(records.ProbeDays).
		Where(dbx.NewExp("day > {:from}", dbx.Params{"from": dayOf(dayStart(latest, -days))}))
	if only != "" {
		query.AndWhere(dbx.HashExp{"school": only})
	}
	err = query.OrderBy("day").All(&rows)
	return rows, err
}

func (desk *ProbeDesk) addDays(sums []probeSums) error {
	for _, row := range sums {
		if n := len(desk.Days); n == 0 || desk.Days[n-1].Day != row.Day {
			desk.Days = append(desk.Days, ProbeDay{Day: row.Day})
		}
		day := &desk.Days[len(desk.Days)-1]
		spread, err := probe.ParseSpread(row.Spread)
		if err != nil {
			return err
		}
		day.spread.Sum(spread)
		day.Hours, day.Slowest = max(day.Hours, row.Hours), max(day.Slowest, row.Slowest)
		day.Visits, day.Failed, day.Slow = day.Visits+row.Visits, day.Failed+row.Failed, day.Slow+row.Slow
		day.Within = day.spread.Within()
	}
	return nil
}

func (desk *ProbeDesk) addFaults(app core.App, d *records.Directory, only string) error {
	query := app.RecordQuery(records.ProbeHours).AndWhere(dbx.NewExp("failed > 0"))
	if only != "" {
		query.AndWhere(dbx.HashExp{"school": only})
	}
	var hours []*core.Record
	err := query.OrderBy("hour DESC", "school").Limit(mostProbeFaults).All(&hours)
	for _, hour := range hours {
		for _, fault := range faultsOf(hour) {
			if len(desk.Faults) < mostProbeFaults {
				desk.Faults = append(desk.Faults, ProbeFault{namedSchool(d, hour.GetString("school")), hour.GetString("hour"), fault})
			}
		}
	}
	return err
}

// probeLines are the schools with what was found of them since a day: the open
// ones, and any other with something wrong.
func probeLines(app core.App, d *records.Directory, only string, sums []probeSums, since string) ([]ProbeLine, error) {
	links, err := linksNow(app)
	if err != nil {
		return nil, err
	}
	lines := []ProbeLine{}
	for _, s := range d.Schools {
		wrong, has := links[s.ID]
		if only != "" && s.ID != only || s.Status != string(registry.Open) && !has {
			continue
		}
		line := ProbeLine{School: NamedCode{s.Code, s.ShortName}, HomeBroken: wrong.HomeBroken, Broken: wrong.Broken, FilesBroken: wrong.FilesBroken, Foreign: wrong.Foreign, WeChat: wrong.WeChat}
		var week probe.Spread
		for _, row := range sums {
			if row.School != s.ID || row.Day < since {
				continue
			}
			spread, err := probe.ParseSpread(row.Spread)
			if err != nil {
				return nil, err
			}
			week.Sum(spread)
			line.Visits, line.Failed, line.Slow, line.Slowest = line.Visits+row.Visits, line.Failed+row.Failed, line.Slow+row.Slow, max(line.Slowest, row.Slowest)
		}
		line.Within = week.Within()
		lines = append(lines, line)
	}
	slices.SortStableFunc(lines, func(a, b ProbeLine) int { return cmp.Compare(b.worst(), a.worst()) })
	return lines, nil
}

// worst orders schools by how much there is to do: what visitors meet first.
func (l ProbeLine) worst() int {
	return 1000*l.Failed + 100*(l.HomeBroken+l.FilesBroken+l.Foreign) + 10*l.Broken + l.WeChat
}
