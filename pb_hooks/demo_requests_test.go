package pb_hooks_test

import (
	"testing"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/foi"
)

// Whoever looks at the demonstration sees an application in every state, every
// step that people or the system take, every kind of letter.
func TestDemoShowsEveryStateOfARequest(t *testing.T) {
	heavy(t)
	app := demoApp(t)
	shown := func(collection, field, value string) {
		t.Helper()
		if n, err := app.CountRecords(collection, dbx.HashExp{field: value}); err != nil || n == 0 {
			t.Errorf("the demonstration shows nothing with %s %s (%v)", field, value, err)
		}
	}
	for _, state := range foi.States() {
		if state != foi.Draft { // with the applicant only
			shown("foi_requests", "state", string(state))
		}
	}
	for _, ending := range foi.Endings() {
		if ending != foi.Open {
			shown("foi_requests", "ending", string(ending))
		}
	}
	for _, clock := range foi.Clocks() {
		shown("foi_requests", "clock", string(clock))
	}
	for _, class := range []foi.ApplicantClass{foi.ClassPerson, foi.ClassBusiness, foi.ClassResearch, foi.ClassCharity} {
		shown("foi_requests", "class", string(class))
	}
	for _, p := range foi.Publications() {
		shown("foi_requests", "publication", string(p))
	}
	for _, action := range foi.Actions() {
		if action != foi.Recount && action != foi.Succeed { // no calendar changes in it, and only one of three goes to a successor
			shown("foi_steps", "action", string(action))
		}
	}
	for _, kind := range []foi.LetterKind{foi.LetterReceipt, foi.LetterCorrection, foi.LetterExtension, foi.LetterThirdParty, foi.LetterConsult, foi.LetterRightHolder,
		foi.LetterAbandoned, foi.LetterWithdrawn, foi.LetterSupplement, foi.LetterAssignment, foi.LetterSupervision, foi.LetterDelivery, foi.LetterDossier,
		foi.LetterAnswerDisclosed, foi.LetterAnswerPartial, foi.LetterAnswerThirdParty, foi.LetterAnswerNotOurs, foi.LetterAnswerRefused} {
		shown("foi_letters", "kind", string(kind))
	}
	for what, filter := range map[string]string{"an overdue request": "clock = 'running' && due < '" + today + "'", "an approval that is waited for": "proposal != ''",
		"a rating": "rating = 5", "an extension": "extended = true"} {
		if list, err := app.FindRecordsByFilter("foi_requests", filter, "", 1, 0); err != nil || len(list) == 0 {
			t.Errorf("the demonstration does not show %s (%v)", what, err)
		}
	}
	if said, err := runCommand(t, app, "audit", "verify"); err != nil {
		t.Errorf("the audit: %s %v", said, err)
	}
}
