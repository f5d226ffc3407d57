package pb_hooks_test

import (
	"slices"
	"testing"

	"gongkai/pb_hooks/inquiry"
)

// plain are the words of a list as the database has them.
func plain[T ~string](list []T) (texts []string) {
	for _, one := range list {
		texts = append(texts, string(one))
	}
	return texts
}

func TestSelectValuesOfLettersAreTheProceduresWords(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	var channels, categories []string
	for _, c := range inquiry.Channels() {
		if c.IsAnswered() {
			channels = append(channels, string(c.Code))
		}
	}
	for _, c := range inquiry.Categories() {
		categories = append(categories, string(c.Code))
	}
	for _, tt := range []struct {
		collection, field string
		want              []string
	}{
		{"inquiries", "channel", channels}, {"inquiries", "category", categories}, {"inquiries", "capacity", plain(inquiry.Capacities())},
		{"inquiries", "how", plain(inquiry.Ways())}, {"inquiries", "state", plain(inquiry.States())}, {"inquiries", "clock", plain(inquiry.Clocks())},
		{"inquiries", "publication", plain(inquiry.Publications())}, {"inquiry_levels", "channel", channels}, {"inquiry_steps", "channel", channels},
		{"inquiry_steps", "category", categories}, {"inquiry_steps", "state", plain(inquiry.States())}, {"inquiry_steps", "action", plain(inquiry.Actions())},
		{"inquiry_steps", "role", plain(inquiry.Roles())}, {"inquiry_steps", "ground", plain(inquiry.Grounds())}, {"inquiry_steps", "norm", plain(inquiry.Norms())},
	} {
		if got := selectValues(t, app, tt.collection, tt.field); !slices.Equal(got, tt.want) {
			t.Errorf("%s.%s: %v, the procedure says %v", tt.collection, tt.field, got, tt.want)
		}
	}
}
