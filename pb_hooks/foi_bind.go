package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// ownedByProcedure are the collections that only the procedure writes: no rule
// lets staff near them, and this keeps superusers from writing past it.
var ownedByProcedure = []string{records.FOIRequests, records.FOIApplications, records.FOISteps, records.FOISerials, records.FOIFiles, records.FOIReplies,
	records.FOILetters, records.FOIInquiries, records.FOITables, records.FOIMails, records.ArticleAnswers, records.CalendarYears}

// bindRequests keeps the records of 依申请公开 to the procedure.
func bindRequests(app core.App, p *platform) {
	p.filings.counting.forgetOn(app, records.FOITerms, records.CalendarYears)
	p.filings.told.forgetOn(app, records.Staff, records.StandIns)
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		removed, err := p.removeOrphans()
		if err != nil { // they stay until the next start
			app.Logger().Error("remove papers without an application", "error", err)
		}
		if removed > 0 {
			app.Logger().Info("removed papers without an application", "folders", removed)
		}
		return se.Next()
	})
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("依申请公开的记录由办理程序写入，不能直接更改。", nil)
	}
	app.OnRecordCreateRequest(ownedByProcedure...).BindFunc(refuse)
	app.OnRecordUpdateRequest(ownedByProcedure...).BindFunc(refuse)
	app.OnRecordDeleteRequest(ownedByProcedure...).BindFunc(refuse)
}
