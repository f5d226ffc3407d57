package pb_hooks_test

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/site"
)

const recordAPI = "/api/collections/"

// representations are all ways in which an article, its text or its files can
// be seen.
var representations = []representation{
	// the public site and the open data
	{"GET /", "/", listed, words},
	{"GET /schools", "/schools", never, words},
	{"GET /s/:school", "/s/9999990001", listed, words},
	{"GET /s/:school/:column", "/s/9999990001/A0308", listed, words},
	{"GET /s/:school/:column", "/s/9999990001/A0102", listed, words}, // generated: the directory of everything
	{"GET /s/:school/apply", "/s/9999990001/apply", never, words},
	{"GET /s/:school/ask", "/s/9999990001/ask", never, words},
	{"GET /s/:school/mailbox", "/s/9999990001/mailbox", never, words},
	{"GET /s/:school/correct", "/s/9999990001/correct?page=/a/{article}", never, words},
	{"GET /correct", "/correct?page=/a/{article}", never, words},
	{"GET /appeal", "/appeal", never, words},
	{"GET /track", "/track", never, words},
	{"GET /opinion", "/opinion", never, words},
	{"GET /a/:id", "/a/{article}", titleStays, words},
	{"GET /a/:id", "/a/{article}", readable, theText},
	{"GET /search", "/search?q=内部安排", listed, words},
	{"GET /search", "/search?school=9999990001", listedAtMost, words},
	{"GET /sitemap", "/sitemap", never, words},
	{"GET /privacy", "/privacy", never, words},
	{"GET /figures", "/figures", never, words},
	{"GET /open", "/open", never, words},
	{"GET /open/v1/figures", "/open/v1/figures", never, words},
	{"GET /open/v1/district", "/open/v1/district", listed, words},
	{"GET /open/v1/columns", "/open/v1/columns", never, words},
	{"GET /open/v1/schools", "/open/v1/schools", never, words},
	{"GET /open/v1/schools/:school", "/open/v1/schools/9999990001", listed, words},
	{"GET /open/v1/schools/:school/columns/:column", "/open/v1/schools/9999990001/columns/A0308", listed, words},
	{"GET /open/v1/schools/:school/channels/:channel", "/open/v1/schools/9999990001/channels/mailbox", never, words},
	{"GET /open/v1/channels/:channel", "/open/v1/channels/appeal", never, words},
	{"GET /open/v1/articles", "/open/v1/articles", listed, words},
	{"GET /open/v1/articles", "/open/v1/articles?format=csv", listed, words},
	{"GET /open/v1/articles", "/open/v1/articles?fields=title", listed, words},
	{"GET /open/v1/articles", "/open/v1/articles?updated_since=2026-01-01", readable, words},
	{"GET /open/v1/articles", "/open/v1/articles?updated_since=2026-01-01", everPublic, theArticle}, // its id may be in gone
	{"GET /open/v1/files", "/open/v1/files", listed, theFile},
	{"GET /open/v1/files", "/open/v1/files", listed, theFilesHash},
	{"GET /open/v1/files", "/open/v1/files?format=csv", listed, theFilesHash},
	{"GET /open/v1/forms", "/open/v1/forms?updated_since=2026-01-01", never, theArticle}, // TestOpenListsHoldWhatIsForAll
	{"GET /open/v1/questions", "/open/v1/questions?updated_since=2026-01-01", never, theArticle},
	{"GET /open/v1/answers", "/open/v1/answers?updated_since=2026-01-01", never, theArticle},
	{"GET /open/v1/standards", "/open/v1/standards", never, words},
	{"GET /open/v1/standards/:version", "/open/v1/standards/2026", never, words},
	{"GET /open/v1/statistics", "/open/v1/statistics", never, words},
	{"GET /open/v1/articles/:id", "/open/v1/articles/{article}", readable, theFilesHash},
	{"GET /open/v1/articles/:id", "/open/v1/articles/{article}", titleStays, words},
	{"GET /open/v1/articles/:id", "/open/v1/articles/{article}", readable, theText},
	{"GET /open/v1/search", "/open/v1/search?q=内部安排", listed, words},
	{"GET /open/v1/search", "/open/v1/search?q=内部安排&format=csv", listed, words},
	{"GET /open/v1/search", "/open/v1/search?q=转告各位家长", listed, words}, // the snippet
	{"GET /open/v1/bulk", "/open/v1/bulk", never, words},               // TestListsAreMadeIntoFilesByNight
	{"GET /open/v1/bulk/:file", "/open/v1/bulk/articles.jsonl.gz", listed, unpackedWords},
	{"GET /open/v1/bulk/:file", "/open/v1/bulk/files.csv.gz", listed, unpackedWords},
	{"GET /open/v1/catalog.jsonld", "/open/v1/catalog.jsonld", never, words},
	{"GET /open/v1/openapi.json", "/open/v1/openapi.json", never, words},
	{"GET /feed.xml", "/feed.xml", listed, words},
	{"GET /s/:school/feed.xml", "/s/9999990001/feed.xml", listed, words},
	{"GET /s/:school/:column/feed.xml", "/s/9999990001/A0308/feed.xml", listed, words},
	{"GET /sitemap.xml", "/sitemap.xml", never, words},
	{"GET /sitemap-pages.xml", "/sitemap-pages.xml", never, words},
	{"GET /s/:school/sitemap.xml", "/s/9999990001/sitemap.xml", never, words},
	{"GET /robots.txt", "/robots.txt", never, words},
	{"GET /s/:school/calendar.ics", "/s/9999990001/calendar.ics", never, words}, // TestTheCalendarShowsWhatIsPublished
	{"GET /s/:school/embed", "/s/9999990001/embed", never, words},
	{"GET /f/:id/:name", "/f/{attachment}/x.png", readable, ok},
	{"GET /f/:id/thumb.jpg", "/f/{attachment}/thumb.jpg", readable, ok},
	{"GET /a/:id", "/a/{article}?file={attachment}", titleStays, words},
	{"GET /qr/*", "/qr/a/{article}", never, words},
	{"GET /assets/*", "/assets/public.js", never, words},
	{"GET /favicon.svg", "/favicon.svg", never, words},
	{"GET /elder.js", "/elder.js", never, words},
	{"GET /workbench", "/workbench", never, words},
	{"GET /workbench/*", "/workbench/articles/{article}", never, words},
	{"GET /healthz", "/healthz", never, words},

	// the record API
	{"GET /api", recordAPI + "articles/records", seesArticle, theArticle},
	{"GET /api", recordAPI + "articles/records/{article}", seesArticle, ok},
	{"GET /api", recordAPI + "article_versions/records", seesText, words},
	{"GET /api", recordAPI + "article_versions/records/{version}", seesText, ok},
	{"GET /api", recordAPI + "article_steps/records", stepped, theArticle},
	{"GET /api", recordAPI + "findings/records", stepped, theArticle},
	{"GET /api", recordAPI + "attachments/records", seesText, theFile},
	{"GET /api", recordAPI + "attachments/records/{attachment}", seesText, ok},
	{"GET /api", recordAPI + "notifications/records", atMostArticle, words},
	{"GET /api", recordAPI + "public_articles/records", onlyRoot, words},
	{"GET /api", recordAPI + "public_articles/records/{article}", onlyRoot, words},
	{"GET /api", recordAPI + "audit_log/records", never, words},
	{"GET /api", "/api/files/attachments/{attachment}/{file}?token={token}", seesText, ok},
	{"GET /api", "/api/files/attachments/{attachment}/{file}", never, ok},

	// the routes of the workbench
	{"GET /api/app/desk", "/api/app/desk", never, words},
	{"GET /api/app/inbox", "/api/app/inbox", staffAtMost, words},
	{"GET /api/app/articles/{id}", "/api/app/articles/{article}", staffArticle, ok},
	{"GET /api/app/articles/{id}/register", "/api/app/articles/{article}/register", staffSubmitted, printedWords},
	{"GET /api/app/articles/{id}/register", "/api/app/articles/{article}/register?version={version}", staffSubmitted, printedWords},
	{"GET /api/app/articles/{id}/dossier", "/api/app/articles/{article}/dossier", staffArticle, ok},
	{"GET /api/app/articles/{id}/dossier", "/api/app/articles/{article}/dossier", staffText, zippedWords},
	{"GET /api/app/articles/{id}/dossier", "/api/app/articles/{article}/dossier", staffText, zippedFile},
}

// elsewhere are the routes that show no article, and the test that asks each
// kind of person.
var elsewhere = map[string]string{
	"GET /api/app/probes":              "TestProbesAreSeenByTheSchoolAndTheBureau",
	"POST /api/app/probes":             "TestProbesAreSeenByTheSchoolAndTheBureau",
	"POST /api/app/probes/{id}/cancel": "TestProbesAreSeenByTheSchoolAndTheBureau",
	"GET /api/app/probes/links":        "TestProbesAreSeenByTheSchoolAndTheBureau",
	"GET /api/app/probes/links.xlsx":   "TestProbesAreSeenByTheSchoolAndTheBureau",

	"GET /api/app/registry/sources":                          "TestSourcesAreKeptByTheAdmin",
	"POST /api/app/registry/sources":                         "TestSourcesAreKeptByTheAdmin",
	"GET /api/app/registry/sources/{id}":                     "TestSourcesAreKeptByTheAdmin",
	"PATCH /api/app/registry/sources/{id}":                   "TestSourcesAreKeptByTheAdmin",
	"POST /api/app/registry/sources/{id}/runs":               "TestChangesAreDecidedByWhoMay",
	"GET /api/app/registry/sources/{id}/choices":             "TestChangesAreDecidedByWhoMay",
	"DELETE /api/app/registry/sources/{id}/choices/{choice}": "TestChangesAreDecidedByWhoMay",
	"POST /api/app/registry/try":                             "TestSourcesAreKeptByTheAdmin",
	"GET /api/app/registry/runs":                             "TestChangesAreDecidedByWhoMay",
	"GET /api/app/registry/runs/{id}":                        "TestChangesAreDecidedByWhoMay",
	"GET /api/app/registry/runs/{id}/lines":                  "TestChangesAreDecidedByWhoMay",
	"GET /api/app/registry/runs/{id}/offers":                 "TestChangesAreDecidedByWhoMay",
	"GET /api/app/registry/runs/{id}/changes.xlsx":           "TestChangesAreDecidedByWhoMay",
	"POST /api/app/registry/runs/{id}/decide":                "TestChangesAreDecidedByWhoMay",
	"POST /api/app/registry/runs/{id}/rules":                 "TestChangesAreDecidedByWhoMay",
	"POST /api/app/registry/runs/{id}/compare":               "TestChangesAreDecidedByWhoMay",
	"POST /api/app/registry/runs/{id}/release":               "TestChangesAreDecidedByWhoMay",
	"POST /api/app/registry/runs/{id}/dismiss":               "TestChangesAreDecidedByWhoMay",
	"POST /api/app/registry/runs/{id}/cancel":                "TestChangesAreDecidedByWhoMay",
	"GET /api/app/registry/history":                          "TestHistoryShowsASchoolItsOwn",

	"GET /api/app/orders":                                   "TestOrdersAreReadByEachKindOfPerson",
	"GET /api/app/orders.xlsx":                              "TestOrdersAreReadByEachKindOfPerson",
	"GET /api/app/orders/{id}":                              "TestOrdersAreReadByEachKindOfPerson",
	"GET /api/app/orders/form":                              "TestWhoActsOnAnOrder",
	"POST /api/app/orders":                                  "TestWhoActsOnAnOrder",
	"POST /api/app/orders/{id}/withdraw":                    "TestWhoActsOnAnOrder",
	"POST /api/app/orders/{id}/parts/{part}/steps":          "TestWhoActsOnAnOrder",
	"POST /api/app/orders/{id}/parts/{part}/files":          "TestEvidenceOfAnOrder",
	"GET /api/app/orders/{id}/parts/{part}/files/{file}":    "TestEvidenceOfAnOrder",
	"DELETE /api/app/orders/{id}/parts/{part}/files/{file}": "TestEvidenceOfAnOrder",
	"GET /api/app/orders/{id}/parts/{part}/letters/{step}":  "TestLettersOfAnOrder",

	"GET /api/app/registry/schools":                                    "TestSchoolDataAreSeenByEachKindOfPerson",
	"POST /api/app/registry/schools":                                   "TestSchoolDataAreSeenByEachKindOfPerson",
	"GET /api/app/registry/schools/{school}":                           "TestSchoolDataAreSeenByEachKindOfPerson",
	"POST /api/app/registry/schools/{school}/start":                    "TestSchoolDataAreSeenByEachKindOfPerson",
	"POST /api/app/registry/schools/{school}/undo":                     "TestSchoolDataAreSeenByEachKindOfPerson",
	"GET /api/app/registry/schools/{school}/ending":                    "TestSchoolDataAreSeenByEachKindOfPerson",
	"POST /api/app/registry/schools/{school}/ending":                   "TestSchoolDataAreSeenByEachKindOfPerson",
	"POST /api/app/registry/schools/{school}/staff":                    "TestSchoolDataAreSeenByEachKindOfPerson",
	"POST /api/app/registry/schools/{school}/reopening":                "TestSchoolDataAreSeenByEachKindOfPerson",
	"POST /api/app/registry/schools/{school}/corrections":              "TestSchoolDataAreSeenByEachKindOfPerson",
	"POST /api/app/registry/schools/{school}/corrections/{correction}": "TestSchoolDataAreSeenByEachKindOfPerson",

	"GET /api/app/responsibility":             "TestResponsibilityIsReadByEachKindOfPerson",
	"GET /api/app/responsibility/overview":    "TestResponsibilityIsReadByEachKindOfPerson",
	"POST /api/app/responsibility":            "TestWhoNamesAndConfirms",
	"POST /api/app/responsibility/{id}/steps": "TestWhoNamesAndConfirms",
	"GET /api/app/imports":                    "TestImportsAreSeenByTheirSchool",
	"GET /api/app/imports/{id}":               "TestImportsAreSeenByTheirSchool",
	"POST /api/app/imports/{id}/steps":        "TestImportsAreSeenByTheirSchool",
	"POST /api/app/imports/{id}/column":       "TestImportsAreSeenByTheirSchool",
	"POST /api/app/imports/{id}/discard":      "TestImportsAreSeenByTheirSchool",
	"GET /api/app/silences":                   "TestSilencesAreSeenByEachKindOfPerson",
	"POST /api/app/silences/{id}/note":        "TestSilencesAreSeenByEachKindOfPerson",

	"GET /api/app/registry/feed":                 "TestTheFeedIsForTokensOnly",
	"POST /api/app/registry/corrections":         "TestTheFeedIsForTokensOnly",
	"GET /api/app/push":                          "TestPushIsTheBureaus",
	"POST /api/app/push/subscribers":             "TestPushIsTheBureaus",
	"PUT /api/app/push/subscribers/{id}":         "TestPushIsTheBureaus",
	"DELETE /api/app/push/subscribers/{id}":      "TestPushIsTheBureaus",
	"POST /api/app/push/subscribers/{id}/state":  "TestPushIsTheBureaus",
	"POST /api/app/push/subscribers/{id}/rotate": "TestPushIsTheBureaus",
	"POST /api/app/push/subscribers/{id}/test":   "TestPushIsTheBureaus",
	"POST /api/app/push/subscribers/{id}/replay": "TestPushIsTheBureaus",
	"GET /api/app/push/deliveries":               "TestPushIsTheBureaus",
	"GET /api/app/push/deliveries/{id}":          "TestPushIsTheBureaus",
	"POST /api/app/push/deliveries/{id}/replay":  "TestPushIsTheBureaus",
	"POST /api/app/push/deliveries/{id}/discard": "TestPushIsTheBureaus",

	"GET /api/app/columns/{column}/values":     "TestWritersAreOfferedWhatOthersWrote",
	"POST /api/app/articles/{id}/opinions":     "TestAnOpinionIsGivenToACallThatIsOpen",
	"GET /api/app/articles/{id}/opinions":      "TestOpinionsAreReadByThoseWhoWorkOnTheCall",
	"GET /api/app/articles/{id}/opinions.xlsx": "TestOpinionsAreReadByThoseWhoWorkOnTheCall",

	"POST /api/app/versions/{id}/preview":         "TestPreviewIsMadeByThoseWhoSeeTheVersionAndServeTheSchool",
	"GET /api/app/challenge":                      "TestChallengeIsForEverybody",
	"GET /api/app/preview/{token}":                "TestPreviewShowsOneVersionToWhoHasTheLink",
	"GET /api/app/preview/{token}/f/{attachment}": "TestPreviewShowsOneVersionToWhoHasTheLink",
	"POST /api/app/versions/{id}/lock":            "TestEditLock",
	"DELETE /api/app/versions/{id}/lock":          "TestEditLock",
	"POST /api/app/broadcasts/{id}/send":          "TestBroadcastRefuses",
	"GET /api/app/broadcasts/{id}/progress":       "TestBroadcastRefuses",
	"POST /api/app/broadcasts/{id}/remind":        "TestBroadcastRefuses",
	"POST /api/app/articles/{id}/decline":         "TestBroadcastIsDeclinedWithAReason",
	"POST /api/app/attachments/{id}/clean":        "TestCleanAsksForTheRightToWrite",
	"POST /api/app/findings/{id}/override":        "TestOverrideAsksForTheSecrecyReview",
	"GET /api/app/overrides/count":                "TestOverridesAreCounted",
	"POST /api/app/rescans/{id}/cancel":           "TestRescanIsCancelled",
	"POST /api/app/articles/{id}/claim":           "TestClaim",
	"POST /api/app/notifications/read":            "TestNotificationsRead",
	"POST /api/app/staff":                         "TestStaffInvitations",
	"POST /api/app/staff/{id}/invite":             "TestStaffInvitations",
	"POST /api/app/staff/{id}/reset":              "TestStaffInvitations",
	"POST /api/app/staff/{id}/deactivate":         "TestStaffInvitations",
	"POST /api/app/staff/{id}/reactivate":         "TestStaffInvitations",

	"POST /api/app/letters/track":              "TestALetterIsTrackedByNumberAndCode",
	"POST /api/app/letters/track/withdraw":     "TestWithoutTheCodeOfALetterNothingIsDone",
	"POST /api/app/letters/track/urge":         "TestWithoutTheCodeOfALetterNothingIsDone",
	"POST /api/app/letters/track/rate":         "TestWithoutTheCodeOfALetterNothingIsDone",
	"POST /api/app/letters/track/consent":      "TestWithoutTheCodeOfALetterNothingIsDone",
	"POST /api/app/letters/track/file":         "TestWithoutTheCodeOfALetterNothingIsDone",
	"GET /api/app/inquiries/overview":          "TestTheBureauSeesHowSchoolsAnswer",
	"GET /api/app/inquiries/overview/cases":    "TestTheBureauSeesHowSchoolsAnswer",
	"POST /api/app/units/{unit}/letters":       "TestABadLetterIsRefusedAtItsFields",
	"POST /api/app/inquiries":                  "TestTheClerkEntersALetter",
	"GET /api/app/inquiries":                   "TestTheListOfLettersIsForThoseWhoWorkOnThem",
	"GET /api/app/inquiries/{id}":              "TestLettersAreSeenByThoseWhoWorkOnThem",
	"PUT /api/app/inquiries/{id}/text":         "TestLettersAreSeenByThoseWhoWorkOnThem",
	"POST /api/app/inquiries/{id}/steps":       "TestLettersAreSeenByThoseWhoWorkOnThem",
	"GET /api/app/requests/statistics":         "TestStatisticsAreSeenByThoseWhoMay",
	"GET /api/app/requests/statistics.xlsx":    "TestStatisticsAreExported",
	"GET /api/app/requests/statistics.docx":    "TestStatisticsAreExported",
	"POST /api/app/requests/statistics/freeze": "TestAYearIsFrozenOnce",
	"GET /api/app/requests/{id}/evidence":      "TestEvidenceOfACase",

	"POST /api/app/inquiries/{id}/files":          "TestFilesOfALetterAreRead",
	"GET /api/app/inquiries/{id}/files/{file}":    "TestFilesOfALetterAreRead",
	"DELETE /api/app/inquiries/{id}/files/{file}": "TestFilesOfALetterAreRead",
	"POST /api/app/inquiries/{id}/writer":         "TestWhoWroteIsShownWithAReason",
	"POST /api/app/inquiries/{id}/papers":         "TestWhoWroteIsShownWithAReason",
	"GET /api/app/inquiries/{id}/notes":           "TestNotesStayInTheUnit",
	"POST /api/app/inquiries/{id}/notes":          "TestNotesStayInTheUnit",
	"POST /api/app/inquiries/{id}/question":       "TestALetterBecomesAQuestion",

	"POST /api/app/schools/{school}/requests": "TestAVisitorFilesAnApplication",
	"GET /api/app/requests":                   "TestRequestsAreSeenByThoseWhoWorkOnThem",
	"POST /api/app/requests":                  "TestRequestsAreSeenByThoseWhoWorkOnThem",
	"POST /api/app/requests/search":           "TestTheClerkSearchesByContact",
	"POST /api/app/requests/{id}/correction":  "TestWhoEntersACorrection",
	"POST /api/app/answered":                  "TestWhatAnsweredIsCounted",
	"POST /api/app/feedback":                  "TestFeedbackIsCounted",
	"GET /api/app/requests/{id}":              "TestRequestsAreSeenByThoseWhoWorkOnThem",
	"PUT /api/app/requests/{id}/draft":        "TestRequestsAreSeenByThoseWhoWorkOnThem",
	"POST /api/app/requests/{id}/steps":       "TestRequestsAreSeenByThoseWhoWorkOnThem",
	"POST /api/app/requests/{id}/preview":     "TestRequestsAreSeenByThoseWhoWorkOnThem",

	"POST /api/app/requests/{id}/files":                     "TestFilesOfACaseAreRead",
	"GET /api/app/requests/{id}/files/{file}":               "TestFilesOfACaseAreRead",
	"DELETE /api/app/requests/{id}/files/{file}":            "TestFilesOfACaseAreRead",
	"GET /api/app/requests/{id}/files/{file}/pages/{page}":  "TestFilesOfACaseAreRead",
	"POST /api/app/requests/{id}/files/{file}/redact":       "TestFilesOfACaseAreRead",
	"GET /api/app/requests/{id}/letters/{letter}":           "TestLettersOfACase",
	"POST /api/app/requests/{id}/letters/{letter}/delivery": "TestLettersOfACase",
	"POST /api/app/requests/{id}/identity":                  "TestWhoAppliedIsOpenedWithAReason",
	"POST /api/app/requests/{id}/papers":                    "TestWhoAppliedIsOpenedWithAReason",
	"POST /api/app/requests/{id}/publication":               "TestAnAnswerBecomesAnArticle",

	"GET /api/app/supervision/statistics":      "TestStatisticsAreSeenByTheSchoolAndTheBureau",
	"GET /api/app/supervision/statistics.xlsx": "TestStatisticsAreSeenByTheSchoolAndTheBureau",
	"GET /api/app/supervision/today":           "TestTodayIsSeenByTheSchoolAndTheBureau",

	"GET /api/app/annual-reports":                             "TestReportsAreSeenByThoseWhoMay",
	"POST /api/app/annual-reports/remind":                     "TestReportsAreSeenByThoseWhoMay",
	"GET /api/app/annual-reports/{school}/{year}":             "TestReportsAreSeenByThoseWhoMay",
	"PUT /api/app/annual-reports/{school}/{year}":             "TestReportsAreSeenByThoseWhoMay",
	"POST /api/app/annual-reports/{school}/{year}/steps":      "TestReportsAreSeenByThoseWhoMay",
	"GET /api/app/annual-reports/{school}/{year}/report.docx": "TestReportsAreSeenByThoseWhoMay",
	"GET /api/app/annual-reports/{school}/{year}/tables.xlsx": "TestReportsAreSeenByThoseWhoMay",
	"GET /api/app/surveys":                                    "TestSurveyIsTheSupervisors",
	"POST /api/app/surveys":                                   "TestSurveyIsTheSupervisors",
	"POST /api/app/surveys/{id}/prolong":                      "TestSurveyIsTheSupervisors",
	"POST /api/app/surveys/{id}/answer":                       "TestSurveyIsAnsweredByItsRole",
	"POST /api/app/surveys/{id}/results":                      "TestSurveyIsTheSupervisors",
	"GET /api/app/surveys/{id}/results":                       "TestSurveyIsTheSupervisors",
	"GET /api/app/surveys/{id}/results.xlsx":                  "TestSurveyIsTheSupervisors",

	"GET /api/app/supervision/overview":         "TestDashboardsAreSeenByTheBureau",
	"GET /api/app/supervision/heat":             "TestDashboardsAreSeenByTheBureau",
	"GET /api/app/supervision/trend":            "TestDashboardsAreSeenByTheBureau",
	"GET /api/app/supervision/floods":           "TestDashboardsAreSeenByTheBureau",
	"GET /api/app/supervision/schools/{school}": "TestDashboardsAreSeenByTheBureau",

	"POST /api/app/track":                           "TestARequestIsTrackedByNumberAndCode",
	"POST /api/app/track/withdraw":                  "TestWithoutTheCodeNothingIsDone",
	"POST /api/app/track/correct":                   "TestWithoutTheCodeNothingIsDone",
	"POST /api/app/track/supplement":                "TestWithoutTheCodeNothingIsDone",
	"POST /api/app/track/complain":                  "TestWithoutTheCodeNothingIsDone",
	"POST /api/app/track/rate":                      "TestWithoutTheCodeNothingIsDone",
	"POST /api/app/track/letter":                    "TestWithoutTheCodeNothingIsDone",
	"POST /api/app/track/file":                      "TestWithoutTheCodeNothingIsDone",
	"POST /api/app/opinion":                         "TestAThirdPartyAnswersByItsLink",
	"POST /api/app/opinion/answer":                  "TestAThirdPartyAnswersByItsLink",
	"POST /api/app/calendar":                        "TestCalendarIsImportedByTheBureau",
	"GET /api/app/requests/settings":                "TestRequestSettingsAreTheBureaus",
	"PATCH /api/app/requests/settings":              "TestRequestSettingsAreTheBureaus",
	"GET /api/app/letter-templates/{kind}":          "TestRequestSettingsAreTheBureaus",
	"POST /api/app/letter-templates/{kind}/preview": "TestRequestSettingsAreTheBureaus",
}

// allRoutes are the routes of the public site and of ours under PocketBase.
func allRoutes(t *testing.T) []string {
	t.Helper()
	front, err := site.New(site.Options{UI: builtUI(), Logger: slog.Default()})
	if err != nil {
		t.Fatal(err)
	}
	list := slices.DeleteFunc(front.Routes(), func(r string) bool { return strings.HasPrefix(r, http.MethodHead) })
	for _, r := range pb_hooks.Routes() {
		list = append(list, r.Method+" "+r.Path)
	}
	return list
}

// listers are who may list a collection that belongs to no single article; the
// matrix asks for what belongs to one. nil are superusers only.
var listers = map[string][]string{
	"articles": inMatrix, "article_versions": inMatrix, "article_steps": inMatrix, "findings": inMatrix, "attachments": inMatrix,
	"notifications": inMatrix, "public_articles": inMatrix,
	"staff": everyone, "schools": everyone, "standards": everyone, "columns": everyone, "review_rules": everyone,
	"exemptions": nil,
	"stand_ins":  append([]string{nobodyA, editorA, secondA, reviewerA, secrecyA, principalA, adminA, clerkA, officerA}, bureau...),
	"word_lists": bureau, "rescans": bureau, "broadcasts": {supervisor}, "audit_log": {auditor},
	"foi_terms": everyone, "remedy_texts": everyone, "letter_templates": everyone, "calendar_years": everyone,
	"inquiries": nil, "inquiry_letters": nil, "inquiry_files": nil, "inquiry_texts": nil, "inquiry_steps": nil, "inquiry_notes": nil, "inquiry_levels": everyone, "answer_templates": everyone,
	"foi_requests": nil, "foi_applications": nil, "foi_steps": nil, "foi_serials": nil, "foi_files": nil, "foi_replies": nil, "foi_letters": nil,
	"foi_inquiries": nil, "foi_tables": nil, "foi_mails": nil, "article_answers": nil, "article_counts": nil,
	"surveys": nil, "survey_answers": nil,
	"probe_hours": nil, "probe_days": nil, "probe_links": nil, "probe_runs": nil,
	"orders": nil, "order_parts": nil, "order_steps": nil, "order_files": nil,
	"annual_tables": nil, "annual_reports": nil, "annual_steps": nil,
	"score_weights": nil, "score_cards": nil, "score_findings": nil, "score_objections": nil, "score_decisions": nil,
	"responsible_people": nil, "responsible_steps": nil, "silences": nil, "silence_rounds": nil, "school_corrections": nil,
	"import_batches": nil, "import_items": nil, "old_addresses": nil,
	"registry_sources": nil, "registry_runs": nil, "registry_lines": nil, "registry_choices": nil,
	"push_subscribers": nil, "push_deliveries": nil, "push_attempts": nil, "push_outcomes": nil, "push_feed": nil, "push_rounds": nil,
	"school_days": nil, "district_days": nil, "vacations": everyone, "column_checks": everyone,
	"districts": nil, "index_serials": nil, "mails": nil, "preview_links": nil, "sealing": nil, "opinions_given": nil,
}

var (
	inMatrix = []string{"matrix"}
	bureau   = []string{supervisor, bureauReviewer, bureauSecrecy, bureauAdmin, auditor}
	everyone = slices.DeleteFunc(slices.Clone(viewers), func(who string) bool { return who == "" || who == root })
)

func TestCollectionsAreListedByTheirReadersOnly(t *testing.T) {
	s := serve(t)
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(reviewerA), "stand_in": s.person(secondA), "duty": "reviewer",
		"from": "2026-11-23", "until": "2026-11-24", "reason": "出差", "by": s.person(adminA)})
	filled := []string{"staff", "schools", "standards", "columns", "review_rules", "stand_ins"}
	for name, readers := range listers {
		if slices.Equal(readers, inMatrix) {
			continue
		}
		for _, who := range viewers {
			a := s.do(who, http.MethodGet, recordAPI+name+"/records", nil)
			n, _ := a.field("totalItems").(float64)
			may := who == root || slices.Contains(readers, who)
			if n > 0 && !may {
				t.Errorf("%q lists %v of %s", who, n, name)
			}
			if may && slices.Contains(filled, name) && n == 0 {
				t.Errorf("%q lists nothing of %s: %d", who, name, a.status)
			}
		}
	}
}
