// Package pb_migrations holds the steps that make the database, one change a
// file. It imports nothing of ours and is frozen once released: a file's name
// is its identity, so files are neither renamed nor edited afterwards.
package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Rules shared by the migrations of one day; written out so that a reader sees
// who may do what without looking elsewhere.
const (
	isStaff     = `@request.auth.collectionName = 'staff'`
	ofMySchool  = isStaff + ` && @request.auth.school != '' && school = @request.auth.school`
	editsSchool = ofMySchool + ` && @request.auth.duties ~ 'editor'`
)

// date is a civil date without a clock, or nothing.
const datePattern = `^(\d{4}-\d{2}-\d{2})?$`

func rule(s string) *string { return types.Pointer(s) }

// timestamps adds when a record was made and last changed.
func timestamps(c *core.Collection) {
	c.Fields.Add(
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	)
}

// dropAll deletes collections in the order given.
func dropAll(app core.App, names ...string) error {
	for _, name := range names {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return err
		}
		if err := app.Delete(c); err != nil {
			return err
		}
	}
	return nil
}
