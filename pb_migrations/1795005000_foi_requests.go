package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Words of the procedure of 依申请公开; a test holds them to package foi.
var (
	foiStates = []string{"draft", "submitted", "registered", "correcting", "processing", "third_party", "consulting", "secrecy_reviewing",
		"officer_reviewing", "signing", "answered", "archived", "abandoned", "withdrawn", "void", "supplementing", "complained"}
	foiActions = []string{"submit", "register", "answer_at_once", "ask_correction", "correct", "correct_late", "abandon", "assign", "ask_third_party",
		"consult", "record_opinion", "lapse", "extend", "submit_answer", "return", "clear", "endorse", "sign", "deliver", "override", "withdraw",
		"invalidate", "archive", "supplement", "complain", "decide", "hand_over", "urge", "order", "interview", "approve", "decline", "recount",
		"propose_publication", "decline_publication"}
	foiRoles    = []string{"applicant", "clerk", "department", "secrecy_reviewer", "officer", "principal", "supervisor", "system", "third_party"}
	foiChannels = []string{"online", "counter", "email", "post", "signed_post", "telegram", "fax", "oral", "other_channel"}
	foiClasses  = []string{"person", "business", "research", "charity", "legal", "other"}
	foiOutcomes = []string{"1.1", "1.2", "2", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "4.1.1", "4.1.2", "4.2", "4.3",
		"5.1", "5.2", "5.3", "5.4", "5.5", "6.1", "6.2", "6.3"}
)

// one is a choice of one value.
func one(name string, values ...string) *core.SelectField {
	return &core.SelectField{Name: name, MaxSelect: 1, Values: values}
}

func day(name string) *core.TextField { return &core.TextField{Name: name, Pattern: datePattern} }

// A request (申请) is one case of 依申请公开. What happened to it are its steps,
// which are never changed; the fields beside its number are what the steps add
// up to, for lists. What the applicant wrote is its applications: the first, and
// the corrected one. Nobody reads or writes any of it but the server: who sees
// what is decided where it is drawn.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{foiSerials, foiRequests, foiApplications, foiSteps} {
			if err := make(app); err != nil {
				return err
			}
		}
		for _, sql := range []string{
			"CREATE TRIGGER foi_steps_no_update BEFORE UPDATE ON foi_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END",
			"CREATE TRIGGER foi_steps_no_delete BEFORE DELETE ON foi_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END",
			"CREATE TRIGGER foi_requests_no_delete BEFORE DELETE ON foi_requests BEGIN SELECT RAISE(ABORT, 'a request is kept'); END",
			"CREATE TRIGGER foi_requests_number BEFORE UPDATE ON foi_requests WHEN OLD.number != NEW.number BEGIN SELECT RAISE(ABORT, 'a number is final'); END",
		} {
			if _, err := app.DB().NewQuery(sql).Execute(); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		for _, name := range []string{"foi_steps_no_update", "foi_steps_no_delete", "foi_requests_no_delete", "foi_requests_number"} {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		return dropAll(app, "foi_steps", "foi_applications", "foi_requests", "foi_serials")
	})
}

// foiSerials holds the last serial of each series of numbers: of receipts (受理编号)
// by year, of letters (文号) by school, year and suffix.
func foiSerials(app core.App) error {
	c := core.NewBaseCollection("foi_serials")
	c.Fields.Add(&core.TextField{Name: "series", Required: true, Max: 80}, &core.NumberField{Name: "last", OnlyInt: true})
	c.AddIndex("idx_foi_serials_series", true, "series", "")
	return app.Save(c)
}

func foiRequests(app core.App) error {
	c := core.NewBaseCollection("foi_requests")
	if err := with(app, c, map[string]string{"school": "schools", "assignee": "staff"}); err != nil {
		return err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.TextField{Name: "number", Required: true, Max: 30, Presentable: true}, // 受理编号
		&core.TextField{Name: "code", Max: 500, Hidden: true},                       // sealed fingerprint of the query code (查询码)
		&core.TextField{Name: "resend", Max: 64, Hidden: true},                      // fingerprint of the form that was sent: a resend is the same request
		one("channel", foiChannels...), one("class", foiClasses...),
		&core.TextField{Name: "subject", Required: true, Max: 200},
		// what the steps add up to
		one("state", foiStates...),
		one("ending", "answered", "abandoned", "withdrawn", "void"),
		one("clock", "not_started", "running", "paused", "voided", "stopped"),
		one("publication", "undecided", "proposed", "declined"),
		one("outcome", foiOutcomes...),
		one("proposal", foiActions...), one("approver", foiRoles...), // what waits for whose approval
		day("submitted"), day("received"), day("due"), day("closed"), day("dispatched"),
		&core.BoolField{Name: "provisional"}, &core.BoolField{Name: "extended"}, &core.BoolField{Name: "late"},
		&core.NumberField{Name: "days_left", OnlyInt: true}, // of a paused period, which stands still
		&core.TextField{Name: "department", Max: 200},
		// what the applicant thinks of it
		&core.NumberField{Name: "rating", OnlyInt: true}, &core.TextField{Name: "rating_note", Max: 500}, &core.DateField{Name: "rated_at"},
		&core.DateField{Name: "purged_at"}, // identity removed
	)
	timestamps(c)
	c.AddIndex("idx_foi_requests_number", true, "number", "")
	c.AddIndex("idx_foi_requests_resend", true, "resend", "resend != ''")
	// lists of many thousand are sorted and counted in an index, the rows of one page are read from the table
	for _, by := range []string{"submitted", "received", "due"} {
		c.AddIndex("idx_foi_requests_by_"+by, false, by, "")
		c.AddIndex("idx_foi_requests_school_"+by, false, "school, "+by, "")
	}
	c.AddIndex("idx_foi_requests_list", false, "school, state, dispatched, clock, due, days_left, proposal, approver, assignee, outcome, channel, class, received, submitted, number, subject", "")
	c.AddIndex("idx_foi_requests_state", false, "state, due, clock, days_left, proposal, approver, outcome, channel, class, received, submitted, number", "")
	c.AddIndex("idx_foi_requests_assignee", false, "assignee", "assignee != ''")
	return app.Save(c)
}

// foiApplications: who applied is sealed, each row with the key of the district.
func foiApplications(app core.App) error {
	c := core.NewBaseCollection("foi_applications")
	if err := with(app, c, map[string]string{"request": "foi_requests"}); err != nil {
		return err
	}
	c.Fields.GetByName("request").(*core.RelationField).Required = true
	sealedText := func(name string, most int) *core.TextField {
		return &core.TextField{Name: name, Max: most, Hidden: true}
	}
	c.Fields.Add(
		&core.NumberField{Name: "number", OnlyInt: true}, // 1 as filed, 2 as corrected
		&core.BoolField{Name: "pending"},                 // a late correction that nobody has accepted yet
		one("class", foiClasses...),
		&core.TextField{Name: "subject", Required: true, Max: 200},
		&core.TextField{Name: "details", Max: 2000},
		&core.TextField{Name: "index_no", Max: 100},
		&core.TextField{Name: "purpose", Max: 500},
		&core.SelectField{Name: "forms", MaxSelect: 3, Values: []string{"paper", "file", "disc"}},
		&core.SelectField{Name: "ways", MaxSelect: 5, Values: []string{"collected", "by_post", "by_courier", "by_email", "by_fax"}},
		&core.BoolField{Name: "any_way"}, &core.BoolField{Name: "help"}, &core.BoolField{Name: "promised"},
		day("applied_on"),
		sealedText("name", 2000), sealedText("phone", 1000), sealedText("phone_hash", 100), sealedText("email", 1000), sealedText("email_hash", 100),
		sealedText("document", 1000), sealedText("document_hash", 100), // 证件号码 or 统一社会信用代码
		sealedText("person", 12000),                          // everything else about the applicant and the agent, as JSON
		&core.TextField{Name: "last4", Max: 8, Hidden: true}, // of the document, after the rest was purged
		&core.FileField{Name: "proofs", MaxSelect: 5, MaxSize: 11 << 20, Protected: true, Hidden: true},
		&core.FileField{Name: "mandates", MaxSelect: 3, MaxSize: 11 << 20, Protected: true, Hidden: true},
		&core.FileField{Name: "papers", MaxSelect: 10, MaxSize: 11 << 20, Protected: true, Hidden: true}, // scans of what came on paper
	)
	timestamps(c)
	c.AddIndex("idx_foi_applications_request", true, "request, number", "")
	for _, f := range []string{"phone_hash", "email_hash", "document_hash"} {
		c.AddIndex("idx_foi_applications_"+f, false, f, f+" != ''")
	}
	return app.Save(c)
}

// foiSteps are the events of package foi; the fields have its names.
func foiSteps(app core.App) error {
	c := core.NewBaseCollection("foi_steps")
	if err := with(app, c, map[string]string{"request": "foi_requests", "by": "staff", "for": "staff", "assignee": "staff"}); err != nil {
		return err
	}
	c.Fields.GetByName("request").(*core.RelationField).Required = true
	c.Fields.Add(
		one("action", foiActions...), one("role", foiRoles...), one("state", foiStates...), // state: where it was
		&core.TextField{Name: "by_name", Max: 50}, &core.TextField{Name: "for_name", Max: 50},
		day("on"), day("recorded"), &core.DateField{Name: "at"},
		&core.TextField{Name: "reason", Max: 2000},
		one("channel", foiChannels...),
		&core.TextField{Name: "party", Max: 200}, &core.BoolField{Name: "joint"},
		one("opinion", "agrees", "objects"),
		&core.TextField{Name: "items", Max: 2000},
		&core.NumberField{Name: "days", OnlyInt: true},
		day("until"), day("told"),
		&core.TextField{Name: "hash", Max: 64}, &core.TextField{Name: "reply", Max: 15}, // of the draft that it is about
		&core.JSONField{Name: "writers", MaxSize: 4000},
		one("outcome", foiOutcomes...),
		&core.TextField{Name: "way", Max: 200},
		&core.JSONField{Name: "lacking", MaxSize: 4000},
		&core.BoolField{Name: "agreed"},
		one("complaint", "complaint", "reconsider", "litigate", "litigate_after"),
		one("result", "upheld", "corrected", "other"),
		&core.TextField{Name: "article", Max: 15},
		&core.JSONField{Name: "arrival", MaxSize: 4000}, // register: tracking number, signer, call log
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_foi_steps_request", false, "request", "")
	return app.Save(c)
}

// timestampsOfFinal adds when a record was made; it is never changed.
func timestampsOfFinal(c *core.Collection) {
	c.Fields.Add(&core.AutodateField{Name: "created", OnCreate: true})
}
