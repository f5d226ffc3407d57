package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Words of the procedure of letters; a test holds them to package inquiry.
var (
	inquiryChannels   = []string{"consultation", "mailbox", "erratum", "appeal"}
	inquiryCategories = []string{"question", "suggestion", "complaint", "help", "mistake", "disclosure", "harm", "bullying", "ethics", "food"}
	inquiryStates     = []string{"draft", "submitted", "held", "accepted", "transferring", "handling", "reviewing", "answered", "redoing", "rated", "archived",
		"refused", "merged", "withdrawn"}
	inquiryActions = []string{"submit", "hold", "release", "accept", "refuse", "classify", "assign", "hand_back", "transfer", "take_over", "give_back",
		"first_reply", "extend", "submit_answer", "return", "answer", "merge", "withdraw", "rate", "propose_publication", "publish", "decline_publication",
		"revoke_consent", "archive", "urge", "escalate", "order", "reply_order", "close_order", "recount"}
	inquiryRoles      = []string{"writer", "clerk", "department", "officer", "principal", "receiver", "supervisor", "system"}
	inquiryGrounds    = []string{"advertising", "unclear", "repeated", "unrelated", "proceedings", "secret", "abusive"}
	inquiryCapacities = []string{"parent", "student", "teacher", "resident"}
)

// An inquiry (来信) is one case of 在线咨询, 校长信箱, 我要纠错 or 信息公开申诉. What happened
// to it are its steps, which are never changed; the fields beside its number are
// what the steps add up to, for lists and figures. What was written, by whom, and
// what is answered is sealed. Nobody reads or writes any of it but the server: who
// sees what is decided where it is drawn.
func init() {
	triggers := []struct{ name, sql string }{
		{"inquiry_steps_no_update", "BEFORE UPDATE ON inquiry_steps WHEN OLD.id != NEW.id OR OLD.inquiry != NEW.inquiry OR OLD.action != NEW.action OR OLD.role != NEW.role" +
			" OR OLD.`by` != NEW.`by` OR OLD.`on` != NEW.`on` OR OLD.recorded != NEW.recorded OR OLD.told != NEW.told OR OLD.hash != NEW.hash OR OLD.rating != NEW.rating" +
			" OR OLD.unit != NEW.unit OR OLD.days != NEW.days OR OLD.until != NEW.until BEGIN SELECT RAISE(ABORT, 'a step is final'); END"}, // its words are sealed anew with a new key
		{"inquiry_steps_no_delete", "BEFORE DELETE ON inquiry_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END"},
		{"inquiries_no_delete", "BEFORE DELETE ON inquiries BEGIN SELECT RAISE(ABORT, 'a letter is kept'); END"},
		{"inquiries_number", "BEFORE UPDATE ON inquiries WHEN OLD.number != NEW.number BEGIN SELECT RAISE(ABORT, 'a number is final'); END"},
		{"inquiry_letters_no_delete", "BEFORE DELETE ON inquiry_letters BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END"},
		{"inquiry_texts_no_delete", "BEFORE DELETE ON inquiry_texts WHEN OLD.frozen BEGIN SELECT RAISE(ABORT, 'what was submitted is kept'); END"},
		{"inquiry_texts_no_update", "BEFORE UPDATE ON inquiry_texts WHEN OLD.frozen AND (NOT NEW.frozen OR OLD.hash != NEW.hash OR OLD.inquiry != NEW.inquiry)" +
			" BEGIN SELECT RAISE(ABORT, 'what was submitted is final'); END"},
	}
	told := []string{"inquiry", "inquiry_alarm"}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{inquiries, inquiryLetters, inquiryFiles, inquiryTexts, inquirySteps, inquiryNotes, inquiryLevels, mailsOfInquiries} {
			if err := make(app); err != nil {
				return err
			}
		}
		for _, t := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + t.name + " " + t.sql).Execute(); err != nil {
				return err
			}
		}
		return change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = slices.Concat(kind.Values, told)
		}, "notifications")
	}, func(app core.App) error {
		for _, t := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + t.name).Execute(); err != nil {
				return err
			}
		}
		if _, err := app.DB().NewQuery("DELETE FROM notifications WHERE kind IN ('inquiry', 'inquiry_alarm')").Execute(); err != nil {
			return err
		}
		if _, err := app.DB().NewQuery("DELETE FROM foi_mails WHERE inquiry != ''").Execute(); err != nil {
			return err
		}
		err := change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = slices.DeleteFunc(kind.Values, func(v string) bool { return slices.Contains(told, v) })
			cs[1].Fields.RemoveByName("inquiry")
			cs[1].Fields.GetByName("request").(*core.RelationField).Required = true
		}, "notifications", "foi_mails")
		if err != nil {
			return err
		}
		return dropAll(app, "inquiry_levels", "inquiry_notes", "inquiry_steps", "inquiry_texts", "inquiry_files", "inquiry_letters", "inquiries")
	})
}

func inquiries(app core.App) error {
	c := core.NewBaseCollection("inquiries")
	if err := with(app, c, map[string]string{"assignee": "staff"}); err != nil {
		return err
	}
	c.Fields.Add(
		&core.TextField{Name: "number", Required: true, Max: 30, Presentable: true}, // 来信编号
		&core.TextField{Name: "code", Max: 500, Hidden: true},                       // sealed fingerprint of the query code (查询码)
		&core.TextField{Name: "resend", Max: 64, Hidden: true},                      // fingerprint of the form that was sent: a resend is the same letter
		one("channel", inquiryChannels...), one("category", inquiryCategories...), one("capacity", inquiryCapacities...),
		&core.TextField{Name: "title", Max: 200},                                  // "" of a confidential letter: it is sealed with the rest
		&core.BoolField{Name: "confidential"}, &core.BoolField{Name: "anonymous"}, // who may read it; without a name
		&core.BoolField{Name: "about_principal"},     // 反映校长本人: to the bureau
		&core.TextField{Name: "page", Max: 500},      // 我要纠错: the address of the page
		&core.TextField{Name: "written_to", Max: 15}, // a school, or "bureau"
		// what the steps add up to
		&core.TextField{Name: "unit", Max: 15},    // has it in hand: a school, or "bureau"
		&core.TextField{Name: "offered", Max: 15}, // it is being transferred to
		one("state", inquiryStates...),
		one("clock", "not_started", "running", "stopped"),
		one("publication", "undecided", "proposed", "published", "unpublished"),
		&core.BoolField{Name: "consent"}, &core.BoolField{Name: "urgent"},
		day("submitted"), day("accept_by"), day("decided"), day("first_reply_by"), day("first_replied"), day("due"), day("answered"), day("closed"),
		&core.DateField{Name: "submitted_at"},
		&core.NumberField{Name: "accept_hours"}, &core.NumberField{Name: "answer_hours"}, // working hours until it was accepted, until the first answer
		&core.BoolField{Name: "provisional"}, &core.BoolField{Name: "extended"},
		&core.BoolField{Name: "accepted_late"}, &core.BoolField{Name: "late"}, // the first answer
		&core.BoolField{Name: "redone"},                  // was or is redone after a low rating
		&core.NumberField{Name: "rating", OnlyInt: true}, // the one that counts
		&core.TextField{Name: "department", Max: 200},
		&core.TextField{Name: "into", Max: 30},    // number of the letter that it is handled with
		&core.BoolField{Name: "ordered"},          // an order of the bureau is open
		&core.TextField{Name: "article", Max: 15}, // that letter and answer were published as
		&core.DateField{Name: "purged_at"},        // who wrote it was removed
	)
	timestamps(c)
	c.AddIndex("idx_inquiries_number", true, "number", "")
	c.AddIndex("idx_inquiries_resend", true, "resend", "resend != ''")
	c.AddIndex("idx_inquiries_unit", false, "unit, submitted", "")
	c.AddIndex("idx_inquiries_submitted", false, "submitted", "")
	c.AddIndex("idx_inquiries_due", false, "clock, due", "")
	c.AddIndex("idx_inquiries_state", false, "state, unit", "")
	c.AddIndex("idx_inquiries_offered", false, "offered", "offered != ''")
	c.AddIndex("idx_inquiries_assignee", false, "assignee", "assignee != ''")
	c.AddIndex("idx_inquiries_into", false, "`into`", "`into` != ''")
	c.AddIndex("idx_inquiries_article", false, "article", "article != ''")
	return app.Save(c)
}

func sealedText(name string, most int) *core.TextField {
	return &core.TextField{Name: name, Max: most, Hidden: true}
}

// ofInquiry makes a collection of records that belong to a letter.
func ofInquiry(app core.App, name string, relations map[string]string) (*core.Collection, error) {
	c := core.NewBaseCollection(name)
	err := with(app, c, relations)
	if err == nil {
		c.Fields.GetByName("inquiry").(*core.RelationField).Required = true
	}
	return c, err
}

// inquiryLetters are what was written, and by whom.
func inquiryLetters(app core.App) error {
	c, err := ofInquiry(app, "inquiry_letters", map[string]string{"inquiry": "inquiries"})
	if err != nil {
		return err
	}
	c.Fields.Add(
		sealedText("fields", 60000), // of the channel's form, as JSON
		sealedText("name", 2000),
		sealedText("contact", 1000), sealedText("contact_hash", 100), // mobile or e-mail
		sealedText("guardian", 1000),
		sealedText("text", 60000), sealedText("text_hash", 100), // by which the same letter is known again
		&core.TextField{Name: "display", Max: 20},          // 王**家长
		&core.JSONField{Name: "suspicions", MaxSize: 4000}, // why a person looked at it first
		&core.FileField{Name: "papers", MaxSelect: 5, MaxSize: 11 << 20, Protected: true, Hidden: true},
	)
	timestamps(c)
	c.AddIndex("idx_inquiry_letters_inquiry", true, "inquiry", "")
	c.AddIndex("idx_inquiry_letters_contact_hash", false, "contact_hash", "contact_hash != ''")
	c.AddIndex("idx_inquiry_letters_text_hash", false, "text_hash", "text_hash != ''")
	return app.Save(c)
}

// inquiryFiles go with an answer.
func inquiryFiles(app core.App) error {
	c, err := ofInquiry(app, "inquiry_files", map[string]string{"inquiry": "inquiries", "by": "staff"})
	if err != nil {
		return err
	}
	c.Fields.Add(
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 21 << 20, Protected: true, Hidden: true},
		&core.TextField{Name: "name", Max: 255}, &core.TextField{Name: "mime", Max: 100}, &core.NumberField{Name: "size", OnlyInt: true},
		&core.TextField{Name: "sha256", Max: 64},
	)
	timestamps(c)
	c.AddIndex("idx_inquiry_files_inquiry", false, "inquiry", "")
	return app.Save(c)
}

// inquiryTexts are drafts of answers, and of what is to be published: each a
// version of its own. One of each kind may be open.
func inquiryTexts(app core.App) error {
	c, err := ofInquiry(app, "inquiry_texts", map[string]string{"inquiry": "inquiries"})
	if err != nil {
		return err
	}
	c.Fields.Add(
		one("kind", "answer", "selection"),
		sealedText("content", 60000), // JSON: answer; of a selection also title and question
		&core.JSONField{Name: "files", MaxSize: 4000}, &core.JSONField{Name: "writers", MaxSize: 4000},
		&core.BoolField{Name: "frozen"}, &core.TextField{Name: "hash", Max: 64},
	)
	timestamps(c)
	c.AddIndex("idx_inquiry_texts_inquiry", false, "inquiry", "")
	c.AddIndex("idx_inquiry_texts_open", true, "inquiry, kind", "frozen = FALSE")
	return app.Save(c)
}

// inquirySteps are the events of package inquiry; the fields have its names. What
// people wrote about a step is sealed in words.
func inquirySteps(app core.App) error {
	c, err := ofInquiry(app, "inquiry_steps", map[string]string{"inquiry": "inquiries", "by": "staff", "for": "staff", "assignee": "staff"})
	if err != nil {
		return err
	}
	c.Fields.Add(
		one("action", inquiryActions...), one("role", inquiryRoles...), one("state", inquiryStates...), // state: where it was
		&core.TextField{Name: "by_name", Max: 50}, &core.TextField{Name: "for_name", Max: 50},
		day("on"), day("recorded"), &core.DateField{Name: "at"},
		sealedText("words", 60000), // JSON: reason, right, interim
		one("channel", inquiryChannels...), one("category", inquiryCategories...), &core.BoolField{Name: "may_publish"},
		&core.TextField{Name: "unit", Max: 15}, &core.TextField{Name: "department", Max: 200},
		one("ground", inquiryGrounds...),
		&core.NumberField{Name: "days", OnlyInt: true},
		&core.TextField{Name: "into", Max: 30}, &core.TextField{Name: "hash", Max: 64}, &core.TextField{Name: "text", Max: 15}, // of the text that it is about
		&core.JSONField{Name: "writers", MaxSize: 4000},
		&core.NumberField{Name: "rating", OnlyInt: true},
		one("norm", "accept", "first_reply", "reply"),
		day("until"), day("told"),
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_inquiry_steps_inquiry", false, "inquiry", "")
	return app.Save(c)
}

// inquiryNotes are between colleagues and never leave the house.
func inquiryNotes(app core.App) error {
	c, err := ofInquiry(app, "inquiry_notes", map[string]string{"inquiry": "inquiries", "by": "staff"})
	if err != nil {
		return err
	}
	staff, err := relation(app, "mentions", "staff", 20)
	if err != nil {
		return err
	}
	c.Fields.Add(staff, &core.TextField{Name: "by_name", Max: 50}, &core.TextField{Name: "unit", Max: 15}, sealedText("text", 12000))
	timestampsOfFinal(c)
	c.AddIndex("idx_inquiry_notes_inquiry", false, "inquiry", "")
	return app.Save(c)
}

// inquiryLevels are what the district sets for a channel from a day on: its
// service level, whether it is open, and what the form says above it. A letter
// keeps the level of the day it was submitted.
func inquiryLevels(app core.App) error {
	c := core.NewBaseCollection("inquiry_levels")
	number := func(name string) *core.NumberField { return &core.NumberField{Name: name, OnlyInt: true} }
	c.Fields.Add(one("channel", inquiryChannels...), day("valid_from"), number("accept"), number("reply"), number("extend"), number("complex"),
		&core.BoolField{Name: "closed"}, &core.TextField{Name: "notice", Max: 500}, &core.TextField{Name: "by_name", Max: 50})
	timestampsOfFinal(c)
	c.AddIndex("idx_inquiry_levels_day", true, "channel, valid_from", "")
	governs(c)
	return app.Save(c)
}

// mailsOfInquiries lets the outbox carry mails to people who wrote a letter.
func mailsOfInquiries(app core.App) error {
	letter, err := relation(app, "inquiry", "inquiries", 1)
	if err != nil {
		return err
	}
	return change(app, func(cs []*core.Collection) {
		cs[0].Fields.Add(letter)
		cs[0].Fields.GetByName("request").(*core.RelationField).Required = false
	}, "foi_mails")
}
