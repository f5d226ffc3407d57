package pb_hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
)

// Route is a route of ours under PocketBase's router: what is not one record.
type Route struct {
	Method, Path string
	Anonymous    bool // answers without a sign-in
	handle       func(*core.RequestEvent) error
}

// routes is the one list of them. What is not anonymous asks for staff here,
// and for the right to the record inside.
func (p *platform) routes() []Route {
	return []Route{
		{"GET", "/api/app/desk", false, p.desk},
		{"GET", "/api/app/articles/{id}", false, p.articleDesk},
		{"GET", "/api/app/articles/{id}/register", false, p.printRegister},
		{"GET", "/api/app/articles/{id}/dossier", false, p.exportDossier},
		{"POST", "/api/app/articles/{id}/opinions", true, p.giveOpinion},
		{"GET", "/api/app/articles/{id}/opinions", false, p.readOpinions},
		{"GET", "/api/app/articles/{id}/opinions.xlsx", false, p.exportOpinions},
		{"GET", "/api/app/inbox", false, p.inbox},
		{"GET", "/api/app/columns/{column}/values", false, p.columnValues},
		{"POST", "/api/app/versions/{id}/preview", false, p.makePreview},
		{"GET", "/api/app/challenge", true, p.challenge},
		{"GET", "/api/app/preview/{token}", true, p.preview},
		{"GET", "/api/app/preview/{token}/f/{attachment}", true, p.previewFile},
		{"POST", "/api/app/versions/{id}/lock", false, p.lockVersion},
		{"DELETE", "/api/app/versions/{id}/lock", false, p.unlockVersion},
		{"GET", "/api/app/imports", false, p.listImports},
		{"GET", "/api/app/imports/{id}", false, p.readImport},
		{"POST", "/api/app/imports/{id}/steps", false, p.stepMany},
		{"POST", "/api/app/imports/{id}/column", false, p.placeMany},
		{"POST", "/api/app/imports/{id}/discard", false, p.discardMany},
		{"POST", "/api/app/broadcasts/{id}/send", false, p.sendBroadcast},
		{"GET", "/api/app/broadcasts/{id}/progress", false, p.broadcastProgress},
		{"POST", "/api/app/broadcasts/{id}/remind", false, p.remindBroadcast},
		{"POST", "/api/app/articles/{id}/decline", false, p.declineBroadcast},
		{"POST", "/api/app/attachments/{id}/clean", false, p.cleanAttachment},
		{"POST", "/api/app/findings/{id}/override", false, p.overrideFinding},
		{"GET", "/api/app/overrides/count", false, p.countOverrides},
		{"POST", "/api/app/rescans/{id}/cancel", false, p.cancelRescan},
		{"POST", "/api/app/articles/{id}/claim", false, p.claimArticle},
		{"POST", "/api/app/notifications/read", false, p.readNotices},
		{"POST", "/api/app/staff", false, p.inviteStaff},
		{"POST", "/api/app/staff/{id}/invite", false, p.inviteAgain},
		{"POST", "/api/app/staff/{id}/reset", false, p.resetStaff},
		{"POST", "/api/app/staff/{id}/deactivate", false, p.deactivateStaff},
		{"POST", "/api/app/staff/{id}/reactivate", false, p.reactivateStaff},

		{"POST", "/api/app/schools/{school}/requests", true, p.fileOnline},
		{"GET", "/api/app/requests", false, p.listRequests},
		{"POST", "/api/app/requests", false, p.enterRequest},
		{"POST", "/api/app/requests/search", false, p.searchRequests},
		{"POST", "/api/app/requests/{id}/correction", false, p.enterCorrection},
		{"POST", "/api/app/answered", true, p.countAnswer},
		{"POST", "/api/app/feedback", true, p.feedback},
		{"GET", "/api/app/requests/statistics", false, p.requestStatistics},
		{"GET", "/api/app/requests/statistics.xlsx", false, p.exportStatistics(xlsxType, "xlsx", statement.Xlsx)},
		{"GET", "/api/app/requests/statistics.docx", false, p.exportStatistics(docxType, "docx", statement.Docx)},
		{"POST", "/api/app/requests/statistics/freeze", false, p.freezeStatistics},
		{"GET", "/api/app/requests/{id}", false, p.requestDesk},
		{"GET", "/api/app/requests/{id}/evidence", false, p.exportEvidence},
		{"PUT", "/api/app/requests/{id}/draft", false, p.saveDraft},
		{"POST", "/api/app/requests/{id}/steps", false, p.takeStepOfRequest},
		{"POST", "/api/app/requests/{id}/preview", false, p.previewStep},
		{"POST", "/api/app/requests/{id}/files", false, p.addRequestFile},
		{"GET", "/api/app/requests/{id}/files/{file}", false, p.requestFile},
		{"DELETE", "/api/app/requests/{id}/files/{file}", false, p.removeRequestFile},
		{"GET", "/api/app/requests/{id}/files/{file}/pages/{page}", false, p.requestFilePage},
		{"POST", "/api/app/requests/{id}/files/{file}/redact", false, p.redactRequestFile},
		{"GET", "/api/app/requests/{id}/letters/{letter}", false, p.requestLetter},
		{"POST", "/api/app/requests/{id}/letters/{letter}/delivery", false, p.noteDelivery},
		{"POST", "/api/app/requests/{id}/identity", false, p.openIdentity},
		{"POST", "/api/app/requests/{id}/papers", false, p.openPaper},
		{"POST", "/api/app/requests/{id}/publication", false, p.proposePublication},

		{"GET", "/api/app/registry/sources", false, p.listSources},
		{"POST", "/api/app/registry/sources", false, p.makeSource},
		{"GET", "/api/app/registry/sources/{id}", false, p.readSourceDesk},
		{"PATCH", "/api/app/registry/sources/{id}", false, p.changeSource},
		{"POST", "/api/app/registry/sources/{id}/runs", false, p.startRun},
		{"GET", "/api/app/registry/sources/{id}/choices", false, p.listChoices},
		{"DELETE", "/api/app/registry/sources/{id}/choices/{choice}", false, p.forgetChoice},
		{"POST", "/api/app/registry/try", false, p.trySource},
		{"GET", "/api/app/registry/runs", false, p.listRuns},
		{"GET", "/api/app/registry/runs/{id}", false, p.readRunDesk},
		{"GET", "/api/app/registry/runs/{id}/lines", false, p.listLines},
		{"GET", "/api/app/registry/runs/{id}/offers", false, p.listOffers},
		{"GET", "/api/app/registry/runs/{id}/changes.xlsx", false, p.exportRun},
		{"POST", "/api/app/registry/runs/{id}/decide", false, p.decideLines},
		{"POST", "/api/app/registry/runs/{id}/rules", false, p.runRules},
		{"POST", "/api/app/registry/runs/{id}/compare", false, p.compareRunAgain},
		{"POST", "/api/app/registry/runs/{id}/release", false, p.releaseRun},
		{"POST", "/api/app/registry/runs/{id}/dismiss", false, p.dismissRun},
		{"POST", "/api/app/registry/runs/{id}/cancel", false, p.cancelRun},
		{"GET", "/api/app/registry/history", false, p.listHistory},

		{"POST", "/api/app/track", true, p.track},
		{"POST", "/api/app/track/withdraw", true, p.withdrawRequest},
		{"POST", "/api/app/track/correct", true, p.correctTracked},
		{"POST", "/api/app/track/supplement", true, p.askSupplement},
		{"POST", "/api/app/track/complain", true, p.complainAboutRequest},
		{"POST", "/api/app/track/rate", true, p.rateRequest},
		{"POST", "/api/app/track/letter", true, p.trackLetter},
		{"POST", "/api/app/track/file", true, p.trackFile},
		{"POST", "/api/app/opinion", true, p.opinion},
		{"POST", "/api/app/opinion/answer", true, p.answerOpinion},
		{"GET", "/api/app/requests/settings", false, p.requestSettings},
		{"PATCH", "/api/app/requests/settings", false, p.changeRequestSettings},
		{"GET", "/api/app/letter-templates/{kind}", false, p.downloadTemplate},
		{"POST", "/api/app/letter-templates/{kind}/preview", false, p.previewTemplate},
		{"POST", "/api/app/calendar", false, p.postCalendar},

		{"POST", "/api/app/units/{unit}/letters", true, p.fileLetterOnline},
		{"POST", "/api/app/letters/track", true, p.trackInquiry},
		{"POST", "/api/app/letters/track/withdraw", true, p.withdrawInquiry},
		{"POST", "/api/app/letters/track/urge", true, p.urgeInquiry},
		{"POST", "/api/app/letters/track/rate", true, p.rateInquiry},
		{"POST", "/api/app/letters/track/consent", true, p.revokeConsent},
		{"POST", "/api/app/letters/track/file", true, p.trackInquiryFile},
		{"POST", "/api/app/inquiries/{id}/files", false, p.addInquiryFile},
		{"GET", "/api/app/inquiries/{id}/files/{file}", false, p.inquiryFile},
		{"DELETE", "/api/app/inquiries/{id}/files/{file}", false, p.removeInquiryFile},
		{"POST", "/api/app/inquiries/{id}/writer", false, p.showWriter},
		{"POST", "/api/app/inquiries/{id}/papers", false, p.showLetterPaper},
		{"GET", "/api/app/inquiries/{id}/notes", false, p.inquiryNotes},
		{"POST", "/api/app/inquiries/{id}/notes", false, p.addInquiryNote},
		{"POST", "/api/app/inquiries/{id}/question", false, p.makeQuestion},
		{"GET", "/api/app/inquiries/overview", false, p.inquiryOverview},
		{"GET", "/api/app/inquiries/overview/cases", false, p.inquiryFigureCases},
		{"POST", "/api/app/inquiries", false, p.enterLetter},
		{"GET", "/api/app/inquiries", false, p.listInquiries},
		{"GET", "/api/app/inquiries/{id}", false, p.inquiryDesk},
		{"PUT", "/api/app/inquiries/{id}/text", false, p.saveText},
		{"POST", "/api/app/inquiries/{id}/steps", false, p.takeStepOfInquiry},

		{"GET", "/api/app/supervision/today", false, p.schoolToday},
		{"GET", "/api/app/supervision/statistics", false, p.periodStatistics},
		{"GET", "/api/app/supervision/statistics.xlsx", false, p.exportPeriod},
		{"GET", "/api/app/supervision/overview", false, p.supervisionOverview},
		{"GET", "/api/app/supervision/heat", false, p.supervisionHeat},
		{"GET", "/api/app/supervision/trend", false, p.supervisionTrend},
		{"GET", "/api/app/supervision/floods", false, p.supervisionFloods},
		{"GET", "/api/app/supervision/schools/{school}", false, p.supervisedSchoolDay},
		{"GET", "/api/app/probes", false, p.probeDesk},
		{"POST", "/api/app/probes", false, p.startProbe},
		{"POST", "/api/app/probes/{id}/cancel", false, p.cancelProbe},
		{"GET", "/api/app/probes/links", false, p.listProbeLinks},
		{"GET", "/api/app/probes/links.xlsx", false, p.exportProbeLinks},
		{"GET", "/api/app/standards", false, p.listStandards},
		{"POST", "/api/app/standards", false, p.startStandard},
		{"GET", "/api/app/standards/{id}", false, p.readStandard},
		{"PATCH", "/api/app/standards/{id}", false, p.renameStandard},
		{"DELETE", "/api/app/standards/{id}", false, p.discardStandard},
		{"POST", "/api/app/standards/{id}/columns", false, p.addColumn},
		{"PATCH", "/api/app/standards/{id}/columns/{code}", false, p.changeColumn},
		{"DELETE", "/api/app/standards/{id}/columns/{code}", false, p.removeColumn},
		{"POST", "/api/app/standards/{id}/columns/{code}/place", false, p.placeColumn},
		{"PUT", "/api/app/standards/{id}/moves", false, p.setMoves},
		{"GET", "/api/app/standards/{id}/difference", false, p.compareStandards},
		{"GET", "/api/app/standards/{id}/dryrun", false, p.dryRunStandard},
		{"GET", "/api/app/standards/{id}/standard.xlsx", false, p.exportStandard},
		{"POST", "/api/app/standards/import", false, p.importStandard},
		{"POST", "/api/app/standards/{id}/release", false, p.releaseStandard},
		{"POST", "/api/app/standards/{id}/recall", false, p.recallStandard},
		{"GET", "/api/app/exemptions", false, p.listExemptions},
		{"POST", "/api/app/exemptions", false, p.askExemption},
		{"POST", "/api/app/exemptions/{id}/decide", false, p.decideExemption},
		{"POST", "/api/app/exemptions/{id}/withdraw", false, p.withdrawExemption},
		{"POST", "/api/app/exemptions/{id}/revoke", false, p.revokeExemption},
		{"GET", "/api/app/scores", false, p.scoreTable},
		{"GET", "/api/app/scores.xlsx", false, p.exportScores},
		{"GET", "/api/app/scores/weights", false, p.scoreWeights},
		{"POST", "/api/app/scores/weights", false, p.addScoreWeights},
		{"GET", "/api/app/scores/{school}", false, p.scoreCard},
		{"POST", "/api/app/scores/{school}/findings", false, p.enterScoreFinding},
		{"POST", "/api/app/scores/{school}/objections", false, p.objectToScore},
		{"POST", "/api/app/scores/objections/{id}/decision", false, p.decideObjection},

		{"GET", "/api/app/annual-reports", false, p.listAnnual},
		{"POST", "/api/app/annual-reports/remind", false, p.remindAnnual},
		{"GET", "/api/app/annual-reports/{school}/{year}", false, p.annualDesk},
		{"PUT", "/api/app/annual-reports/{school}/{year}", false, p.saveAnnual},
		{"POST", "/api/app/annual-reports/{school}/{year}/steps", false, p.stepAnnual},
		{"GET", "/api/app/annual-reports/{school}/{year}/report.docx", false, p.annualDocx},
		{"GET", "/api/app/annual-reports/{school}/{year}/tables.xlsx", false, p.annualXlsx},

		{"GET", "/api/app/surveys", false, p.surveyDesk},
		{"POST", "/api/app/surveys", false, p.openSurvey},
		{"POST", "/api/app/surveys/{id}/prolong", false, p.prolongSurvey},
		{"POST", "/api/app/surveys/{id}/answer", false, p.answerSurvey},
		{"POST", "/api/app/surveys/{id}/results", false, p.openSurveyResults},
		{"GET", "/api/app/surveys/{id}/results", false, p.surveyResults},
		{"GET", "/api/app/surveys/{id}/results.xlsx", false, p.exportSurveyResults},

		{"GET", "/api/app/orders", false, p.listOrders},
		{"POST", "/api/app/orders", false, p.makeOrder},
		{"GET", "/api/app/orders/form", false, p.orderForm},
		{"GET", "/api/app/orders.xlsx", false, p.exportOrders},
		{"GET", "/api/app/orders/{id}", false, p.orderDesk},
		{"POST", "/api/app/orders/{id}/withdraw", false, p.withdrawOrder},
		{"POST", "/api/app/orders/{id}/parts/{part}/steps", false, p.stepOfOrder},
		{"POST", "/api/app/orders/{id}/parts/{part}/files", false, p.addEvidence},
		{"GET", "/api/app/orders/{id}/parts/{part}/files/{file}", false, p.evidence},
		{"DELETE", "/api/app/orders/{id}/parts/{part}/files/{file}", false, p.removeEvidence},
		{"GET", "/api/app/orders/{id}/parts/{part}/letters/{step}", false, p.orderLetter},

		{"GET", "/api/app/responsibility", false, p.responsibilityDesk},
		{"POST", "/api/app/responsibility", false, p.proposeResponsible},
		{"GET", "/api/app/responsibility/overview", false, p.responsibilityOverview},
		{"POST", "/api/app/responsibility/{id}/steps", false, p.stepOfResponsible},
		{"GET", "/api/app/registry/schools", false, p.listSchools},
		{"POST", "/api/app/registry/schools", false, p.postSchool},
		{"GET", "/api/app/registry/schools/{school}", false, p.schoolFile},
		{"POST", "/api/app/registry/schools/{school}/start", false, p.startSchool},
		{"POST", "/api/app/registry/schools/{school}/undo", false, p.undoSchool},
		{"GET", "/api/app/registry/schools/{school}/ending", false, p.planEnding},
		{"POST", "/api/app/registry/schools/{school}/ending", false, p.postEnding},
		{"POST", "/api/app/registry/schools/{school}/staff", false, p.postStaffMoves},
		{"POST", "/api/app/registry/schools/{school}/reopening", false, p.postReopening},
		{"POST", "/api/app/registry/schools/{school}/corrections", false, p.postCorrection},
		{"POST", "/api/app/registry/schools/{school}/corrections/{correction}", false, p.decideOnCorrection},

		{"GET", "/api/app/silences", false, p.silenceDesk},
		{"POST", "/api/app/silences/{id}/note", false, p.noteSilence},

		{"GET", "/api/app/registry/feed", true, p.pullFeed},
		{"POST", "/api/app/registry/corrections", true, p.takeOutcomes},
		{"GET", "/api/app/push", false, p.pushDesk},
		{"POST", "/api/app/push/subscribers", false, p.addSubscriber},
		{"PUT", "/api/app/push/subscribers/{id}", false, p.editSubscriber},
		{"DELETE", "/api/app/push/subscribers/{id}", false, p.removeSubscriber},
		{"POST", "/api/app/push/subscribers/{id}/state", false, p.setSubscriberState},
		{"POST", "/api/app/push/subscribers/{id}/rotate", false, p.rotateSecret},
		{"POST", "/api/app/push/subscribers/{id}/test", false, p.testDelivery},
		{"POST", "/api/app/push/subscribers/{id}/replay", false, p.replayAll},
		{"GET", "/api/app/push/deliveries", false, p.listDeliveries},
		{"GET", "/api/app/push/deliveries/{id}", false, p.pushDelivery},
		{"POST", "/api/app/push/deliveries/{id}/replay", false, p.replayDelivery},
		{"POST", "/api/app/push/deliveries/{id}/discard", false, p.discardDelivery},
	}
}

// Routes are our routes, for the tests that walk them.
func Routes() []Route { return (&platform{}).routes() }

// withPapers are the routes that take a form with files.
var withPapers = []string{"/api/app/units/{unit}/letters", "/api/app/inquiries", "/api/app/schools/{school}/requests", "/api/app/requests", "/api/app/requests/{id}/correction", "/api/app/track/correct"}

// mostOfVisitor is what somebody without an account may send beside files, in bytes:
// the longest text is a tenth of it.
const mostOfVisitor = 64 << 10

func bindRoutes(app core.App, p *platform) {
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		for _, r := range p.routes() {
			route := se.Router.Route(r.Method, r.Path, r.handle)
			if slices.Contains(withPapers, r.Path) && r.Method == http.MethodPost {
				route.Bind(takesPapers())
			}
			if r.Anonymous && !slices.Contains(withPapers, r.Path) {
				route.Bind(apis.BodyLimit(mostOfVisitor))
			}
			if !r.Anonymous {
				route.Bind(apis.RequireAuth(records.Staff))
			}
		}
		return se.Next()
	})
}
