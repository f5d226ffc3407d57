package pb_hooks_test

import (
	"testing"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/inquiry"
)

// Whoever looks at the demonstration sees a letter in every state and every
// channel, and every step that people or the system take.
func TestDemoShowsEveryStateOfALetter(t *testing.T) {
	heavy(t)
	app := demoApp(t)
	shown := func(collection, field, value string) {
		t.Helper()
		if n, err := app.CountRecords(collection, dbx.HashExp{field: value}); err != nil || n == 0 {
			t.Errorf("the demonstration shows nothing with %s %s (%v)", field, value, err)
		}
	}
	for _, state := range inquiry.States() {
		if state != inquiry.Draft { // with the writer only
			shown("inquiries", "state", string(state))
		}
	}
	for _, channel := range inquiry.Channels() {
		if channel.IsAnswered() {
			shown("inquiries", "channel", string(channel.Code))
		}
	}
	for _, p := range inquiry.Publications() {
		shown("inquiries", "publication", string(p))
	}
	for _, action := range inquiry.Actions() {
		if action != inquiry.Recount && action != inquiry.Succeed { // no calendar changes in it, and only one of three goes to a successor
			shown("inquiry_steps", "action", string(action))
		}
	}
	if n, err := app.CountRecords("inquiries", dbx.NewExp("rating > 0")); err != nil || n < inquiry.SmallestGroup {
		t.Errorf("%d ratings: too few to be shown (%v)", n, err)
	}
}
