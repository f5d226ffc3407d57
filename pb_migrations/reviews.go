package pb_migrations

import (
	"maps"
	"slices"

	"github.com/pocketbase/pocketbase/core"
)

// Rules of the review procedure. acts_as are a person's duties together with
// those they stand in for today; a value is quoted, because "reviewer" is also
// the end of "secrecy_reviewer".
const (
	ofTheBureau = isStaff + ` && @request.auth.school = ''`

	actsEditor    = `@request.auth.acts_as ~ '"editor"'`
	actsReviewer  = `@request.auth.acts_as ~ '"reviewer"'`
	actsSecrecy   = `@request.auth.acts_as ~ '"secrecy_reviewer"'`
	actsPrincipal = `@request.auth.acts_as ~ '"principal"'`
	supervises    = ofTheBureau + ` && @request.auth.acts_as ~ '"supervisor"'`
	managesStaff  = isStaff + ` && @request.auth.acts_as ~ '"admin"'`

	servesPublication = `(` + actsEditor + ` || ` + actsReviewer + ` || ` + actsSecrecy + ` || ` + actsPrincipal + `)`

	// an article: the people of its school who serve publication; the bureau's
	// supervisor from the first submission on; the bureau's reviewers what is in
	// their hands
	seesArticle = isStaff + ` && ((@request.auth.school != '' && school = @request.auth.school && ` + servesPublication + `)` +
		` || (@request.auth.school = '' && ((@request.auth.acts_as ~ '"supervisor"' && (state != 'draft' || stage != 'drafting'))` +
		` || (at_bureau = true && (` + actsReviewer + ` || ` + actsSecrecy + `)))))`
	inMySchool     = isStaff + ` && @request.auth.school != '' && article.school = @request.auth.school && ` + servesPublication
	bureauSeesPart = `@request.auth.school = '' && ((@request.auth.acts_as ~ '"supervisor"' && (article.state != 'draft' || article.stage != 'drafting'))` +
		` || (article.at_bureau = true && (` + actsReviewer + ` || ` + actsSecrecy + `)))`
	// what belongs to an article: its steps and findings
	seesPart = `(` + inMySchool + `) || (` + isStaff + ` && ` + bureauSeesPart + `)`
	// texts and files: the bureau sees what was submitted, not what is being written
	seesVersion    = `(` + inMySchool + `) || (` + isStaff + ` && frozen = true && ` + bureauSeesPart + `)`
	seesAttachment = `(` + inMySchool + `) || (` + isStaff + ` && article_versions_via_attachments.frozen ?= true && ` + bureauSeesPart + `)`
	editsMine      = isStaff + ` && @request.auth.school != '' && school = @request.auth.school && ` + actsEditor
	editsPart      = isStaff + ` && @request.auth.school != '' && article.school = @request.auth.school && ` + actsEditor
)

// duties of staff, the procedure's and those of the platform.
var duties = []string{"editor", "reviewer", "secrecy_reviewer", "clerk", "officer", "principal", "supervisor", "admin", "auditor"}

// change loads collections, lets fn change them and saves them in that order.
func change(app core.App, fn func(cs []*core.Collection), names ...string) error {
	var cs []*core.Collection
	for _, name := range names {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return err
		}
		cs = append(cs, c)
	}
	fn(cs)
	for _, c := range cs {
		if err := app.Save(c); err != nil {
			return err
		}
	}
	return nil
}

// relation is a relation to a collection that exists.
func relation(app core.App, field, collection string, most int) (*core.RelationField, error) {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	return &core.RelationField{Name: field, CollectionId: c.Id, MaxSelect: most}, nil
}

// with makes a collection whose relations are named by field and collection.
func with(app core.App, c *core.Collection, relations map[string]string) error {
	for _, field := range slices.Sorted(maps.Keys(relations)) { // the same order at every installation
		r, err := relation(app, field, relations[field], 1)
		if err != nil {
			return err
		}
		c.Fields.Add(r)
	}
	return nil
}
