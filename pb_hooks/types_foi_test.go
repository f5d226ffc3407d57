package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/foi"
)

// outcomeLine is a row of the table of outcomes as the workbench offers it.
type outcomeLine struct {
	Code    foi.OutcomeCode `json:"code"`
	Kind    foi.OutcomeKind `json:"kind"`
	Name    string          `json:"name"`
	Article string          `json:"article"`
	Hint    string          `json:"hint"`
	Caution string          `json:"caution"`
	Needs   []foi.Need      `json:"needs"`
	Files   bool            `json:"files"` // may carry attachments
}

// What the workbench knows of 依申请公开 is written from the tables of the procedure
// and from the answers of the routes.
func TestTypeScriptRequestsAreFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{pb_hooks.RequestLine{}, pb_hooks.RequestList{}, pb_hooks.LedgerLine{}, pb_hooks.DayLine{}, pb_hooks.ProposalLine{}, pb_hooks.Person{},
		pb_hooks.AskedFor{}, pb_hooks.InquiryLine{}, pb_hooks.CorrectionLine{}, pb_hooks.StepLine{}, pb_hooks.LetterLine{}, pb_hooks.FileLine{}, pb_hooks.ReplyDraft{},
		pb_hooks.Choice{}, pb_hooks.Colleague{}, pb_hooks.RequestDesk{}, pb_hooks.LetterPreview{}, pb_hooks.Receipt{},
		pb_hooks.RowView{}, pb_hooks.TableView{}, pb_hooks.CheckLine{}, pb_hooks.CaseName{}, pb_hooks.DriftLine{}, pb_hooks.CountLine{}, pb_hooks.Ratings{},
		pb_hooks.PlainFigures{}, pb_hooks.SchoolFigures{}, pb_hooks.StatisticsView{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	writeNames(b, "requestStateNames", foi.States()[1:])
	writeNames(b, "requestActionNames", foi.Actions())
	writeNames(b, "channelNames", foi.Channels())
	writeNames(b, "applicantClassNames", foi.ApplicantClasses())
	writeNames(b, "idKindNames", foi.IDKinds())
	writeNames(b, "deliveryFormNames", foi.DeliveryForms())
	writeNames(b, "deliveryWayNames", foi.DeliveryWays())
	writeNames(b, "opinionNames", foi.Opinions())
	writeNames(b, "remedyNames", foi.Remedies())
	writeNames(b, "resultNames", foi.Results()[:3])
	writeNames(b, "outcomeKindNames", foi.OutcomeKinds())
	fmt.Fprintln(b, "\n// What an answer may be, on which article of 条例, and what it must have.\nexport const outcomes = [")
	for _, o := range foi.Outcomes() {
		raw, err := json.Marshal(outcomeLine{o.Code, o.Kind, o.Name, o.Article, o.Hint, o.Caution, append([]foi.Need{}, o.Needs...), o.MayCarryFiles()})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(b, "  %s,\n", raw)
	}
	fmt.Fprintln(b, "]")
	isFresh(t, "requests.gen.ts", b)
}
