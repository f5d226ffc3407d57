package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

var foiLetterKinds = []string{"receipt", "correction", "extension", "third_party", "consult", "right_holder",
	"answer_disclosed", "answer_partial", "answer_secret", "answer_refused", "answer_third_party", "answer_not_held", "answer_not_ours",
	"answer_unavailable", "answer_petition", "answer_repeated", "answer_declined", "answer_other",
	"supplement", "abandoned", "withdrawn", "assignment", "supervision", "delivery", "dossier"}

// What is written in a case: files (the information found, its redacted copies),
// drafts of the answer, letters, and the letters that ask somebody outside for
// an opinion. A letter that has a number is final except for how it was delivered.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{foiFiles, foiReplies, foiLetters, foiInquiries} {
			if err := make(app); err != nil {
				return err
			}
		}
		for _, sql := range []string{
			"CREATE TRIGGER foi_letters_no_update BEFORE UPDATE ON foi_letters WHEN OLD.number != NEW.number OR OLD.request != NEW.request OR OLD.kind != NEW.kind OR OLD.sha256 != NEW.sha256 OR OLD.dated != NEW.dated BEGIN SELECT RAISE(ABORT, 'a letter is final'); END",
			"CREATE TRIGGER foi_letters_no_delete BEFORE DELETE ON foi_letters BEGIN SELECT RAISE(ABORT, 'a letter is final'); END",
			"CREATE TRIGGER foi_replies_no_update BEFORE UPDATE ON foi_replies WHEN OLD.frozen BEGIN SELECT RAISE(ABORT, 'a submitted draft is final'); END",
			"CREATE TRIGGER foi_replies_no_delete BEFORE DELETE ON foi_replies WHEN OLD.frozen BEGIN SELECT RAISE(ABORT, 'a submitted draft is final'); END",
		} {
			if _, err := app.DB().NewQuery(sql).Execute(); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		for _, name := range []string{"foi_letters_no_update", "foi_letters_no_delete", "foi_replies_no_update", "foi_replies_no_delete"} {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		return dropAll(app, "foi_inquiries", "foi_letters", "foi_replies", "foi_files")
	})
}

// foiFiles are sealed: what was found for a request may be about anybody.
func foiFiles(app core.App) error {
	c := core.NewBaseCollection("foi_files")
	if err := with(app, c, map[string]string{"request": "foi_requests", "by": "staff"}); err != nil {
		return err
	}
	c.Fields.GetByName("request").(*core.RelationField).Required = true
	c.Fields.Add(
		one("kind", "material", "redacted", "delivery"), // 检索到的材料, 遮盖后的副本, 送达凭证
		&core.TextField{Name: "redacted_of", Max: 15},   // the original, of a redacted copy
		&core.JSONField{Name: "areas", MaxSize: 100000}, // what was covered
		&core.TextField{Name: "name", Required: true, Max: 200, Presentable: true},
		&core.TextField{Name: "mime", Max: 100}, &core.NumberField{Name: "size", OnlyInt: true}, &core.NumberField{Name: "pages", OnlyInt: true},
		&core.TextField{Name: "sha256", Max: 64}, // of the plain file
		&core.TextField{Name: "by_name", Max: 50},
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 21 << 20, Protected: true, Hidden: true},
	)
	timestamps(c)
	c.AddIndex("idx_foi_files_request", false, "request", "")
	return app.Save(c)
}

// foiReplies are drafts of answers (答复书稿). One that was submitted is frozen.
func foiReplies(app core.App) error {
	c := core.NewBaseCollection("foi_replies")
	if err := with(app, c, map[string]string{"request": "foi_requests"}); err != nil {
		return err
	}
	c.Fields.GetByName("request").(*core.RelationField).Required = true
	files, err := relation(app, "files", "foi_files", 50)
	if err != nil {
		return err
	}
	text := func(name string) *core.TextField { return &core.TextField{Name: name, Max: 5000} }
	c.Fields.Add(
		one("outcome", foiOutcomes...),
		text("content"), text("reason"), text("basis"),
		&core.SelectField{Name: "withheld", MaxSelect: len(foiOutcomes), Values: foiOutcomes},
		files,
		text("link"), text("obtain"), text("other_body"), text("other_contact"), &core.BoolField{Name: "body_unknown"},
		text("earlier"), text("not_consulted"), text("remedy"),
		text("supplement"), // of a supplementary answer: what it adds or corrects
		&core.JSONField{Name: "writers", MaxSize: 4000},
		&core.BoolField{Name: "frozen"}, &core.TextField{Name: "hash", Max: 64},
	)
	timestamps(c)
	c.AddIndex("idx_foi_replies_request", false, "request", "")
	c.AddIndex("idx_foi_replies_open", true, "request", "frozen = FALSE")
	return app.Save(c)
}

func foiLetters(app core.App) error {
	c := core.NewBaseCollection("foi_letters")
	if err := with(app, c, map[string]string{"request": "foi_requests", "school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("request").(*core.RelationField).Required = true
	c.Fields.Add(
		one("kind", foiLetterKinds...),
		&core.TextField{Name: "number", Required: true, Max: 60, Presentable: true}, // 文号
		&core.TextField{Name: "step", Max: 15},                                      // that it went out with
		day("dated"),
		one("recipient", "applicant", "third_party", "organ", "department", "school", "dossier"),
		&core.TextField{Name: "party", Max: 200},
		&core.TextField{Name: "template", Max: 15},                 // "" is the default
		&core.TextField{Name: "filled", Max: 200000, Hidden: true}, // sealed JSON: what the placeholders became
		&core.TextField{Name: "sha256", Max: 64},                   // of the .docx
		&core.FileField{Name: "docx", MaxSelect: 1, MaxSize: 20 << 20, Protected: true, Hidden: true},
		// 送达
		day("delivered_on"), &core.TextField{Name: "delivered_way", Max: 200}, &core.TextField{Name: "delivered_note", Max: 500},
		&core.TextField{Name: "delivered_by", Max: 50}, &core.TextField{Name: "delivered_file", Max: 15},
	)
	timestamps(c)
	c.AddIndex("idx_foi_letters_number", true, "number", "")
	c.AddIndex("idx_foi_letters_request", false, "request", "")
	return app.Save(c)
}

// foiInquiries say how somebody outside who is asked for an opinion can be reached.
func foiInquiries(app core.App) error {
	c := core.NewBaseCollection("foi_inquiries")
	if err := with(app, c, map[string]string{"request": "foi_requests"}); err != nil {
		return err
	}
	c.Fields.GetByName("request").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.TextField{Name: "step", Required: true, Max: 15}, &core.TextField{Name: "party", Required: true, Max: 200},
		&core.TextField{Name: "email", Max: 1000, Hidden: true}, // sealed
		&core.TextField{Name: "token_hash", Max: 64, Hidden: true},
		day("until"), &core.DateField{Name: "answered_at"},
	)
	timestamps(c)
	c.AddIndex("idx_foi_inquiries_token", true, "token_hash", "token_hash != ''")
	c.AddIndex("idx_foi_inquiries_request", false, "request", "")
	return app.Save(c)
}
