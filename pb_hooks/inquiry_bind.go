package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// ownedByLetters are the collections that only the procedure of letters writes: no
// rule lets staff near them, and this keeps superusers from writing past it.
var ownedByLetters = []string{records.Inquiries, records.InquiryLetters, records.InquiryFiles, records.InquiryTexts, records.InquirySteps, records.InquiryNotes}

// bindInquiries keeps the records of letters to the procedure.
func bindInquiries(app core.App, p *platform) {
	p.filings.levels.forgetOn(app, records.InquiryLevels, records.CalendarYears)
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("来信的记录由办理程序写入，不能直接更改。", nil)
	}
	app.OnRecordCreateRequest(ownedByLetters...).BindFunc(refuse)
	app.OnRecordUpdateRequest(ownedByLetters...).BindFunc(refuse)
	app.OnRecordDeleteRequest(ownedByLetters...).BindFunc(refuse)
}
