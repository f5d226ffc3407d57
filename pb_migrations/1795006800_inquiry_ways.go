package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// How a letter came in; a test holds the words to package inquiry.
var inquiryWays = []string{"online", "phone", "paper", "visit", "email", "hotline"}

// A letter says how it came in: the clerk enters what came by telephone, on paper or
// in person.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].Fields.Add(one("how", inquiryWays...)) }, "inquiries")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].Fields.RemoveByName("how") }, "inquiries")
	})
}
