package pb_hooks_test

import (
	"net/http"
)

// openScene is what the open data has to show: each kind of disclosure once.
type openScene struct{ published, withdrawn, leaders, question string }

func (s *server) disclosedForAll() (v openScene) {
	s.t.Helper()
	published, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.attach(published, version)
	s.must200(s.publish(editorA, published, version))
	withdrawn, version := s.draft(editorA, "A0308", "写错的通知", someText)
	s.must200(s.publish(editorA, withdrawn, version))
	s.step(editorA, withdrawn, "", "withdraw", "写错了")
	return openScene{published: published, withdrawn: withdrawn, leaders: s.withFacts("A0202", "学校领导", map[string]string{"姓名": "甲某", "职务": "校长", "分管工作": "全面", "公务电话": "021-00000001"}),
		question: s.withFacts("B0301", "怎样请假", map[string]string{"问题": "怎样请假？", "答复": "当天告诉班主任。", "主题": "请假", "适用对象": "家长", "核对日期": "2026-11-20"})}
}

// withFacts publishes what consists of named fields.
func (s *server) withFacts(column, title string, facts map[string]string) string {
	s.t.Helper()
	id, version := s.draft(editorA, column, title, "")
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"facts": []map[string]string{facts}})
	s.must200(s.publish(editorA, id, version))
	return id
}

func (s *server) must200(a answer) {
	s.t.Helper()
	if a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
}

// realCalls are requests for every operation and the status each must have.
func realCalls(v openScene) map[string]map[string]int {
	list := func(path string, more ...string) map[string]int {
		calls := map[string]int{path: 200, path + "?limit=1": 200, path + "?school=9999990002": 200, path + "?stage=初中&town=没有": 200, path + "?format=csv": 200,
			path + "?limit=0": 400, path + "?fields=x": 400, path + "?cursor=x": 400, path + "?school=1": 404, path + "?column=A9999": 404}
		for _, m := range more {
			calls[path+m] = 200
		}
		return calls
	}
	const changed = "?updated_since=2026-01-01"
	return map[string]map[string]int{
		"getDistrict":   {"district": 200, "district?format=csv": 400},
		"listColumns":   {"columns": 200, "columns?format=csv": 200, "columns?format=x": 400},
		"listStandards": {"standards": 200, "standards?format=csv": 200, "standards?limit=1": 200, "standards?cursor=x": 400},
		"getStandard":   {"standards/2026": 200, "standards/2026?format=csv": 200, "standards/2026?format=x": 400, "standards/1999": 404},
		"getFigures":    {"figures": 200, "figures?format=csv": 400},
		"listStatistics": {"statistics": 200, "statistics?by=day": 200, "statistics?from=2026-11-01&to=2026-11-30&format=csv": 200, "statistics?from=2020-01-01&to=2020-12-31": 200,
			"statistics?by=year": 400, "statistics?from=2026-02-30": 400, "statistics?cursor=x": 400},
		"listSchools":      {"schools": 200, "schools?q=cg": 200, "schools?stage=none": 200, "schools?limit=1": 200, "schools?format=csv": 200, "schools?limit=x": 400, "schools?cursor=x": 400},
		"getSchool":        {"schools/9999990001": 200, "schools/9999990002": 200, "schools/1": 404, "schools/9999990001?format=csv": 400},
		"getSchoolChannel": {"schools/9999990001/channels/mailbox": 200, "schools/9999990001/channels/appeal": 404, "schools/9999990001/channels/mailbox?format=csv": 400},
		"getChannel":       {"channels/appeal": 200, "channels/x": 404, "channels/appeal?format=csv": 400},
		"getColumn": {"schools/9999990001/columns/A0308": 200, "schools/9999990001/columns/A0102": 200, "schools/9999990001/columns/A0202": 200, "schools/9999990001/columns/A0204": 200,
			"schools/9999990001/columns/A0201": 200, "schools/9999990001/columns/B0601": 200, "schools/9999990001/columns/B0301": 200, "schools/9999990001/columns/A9999": 404, "schools/9999990001/columns/A0308?page=0": 400},
		"listArticles":  list("articles", changed, changed+"&limit=1", "?column=A03&since=2026-01-01&until=2026-12-31"),
		"getArticle":    {"articles/" + v.published: 200, "articles/" + v.withdrawn: 200, "articles/" + v.leaders: 200, "articles/" + v.question: 200, "articles/1": 404, "articles/{id}?format=csv": 400},
		"listFiles":     list("files", changed, changed+"&limit=1"),
		"listForms":     list("forms", changed),
		"listQuestions": list("questions", changed),
		"listAnswers":   list("answers", changed),
		"search":        {"search": 200, "search?q=供餐": 200, "search?q=没有的话": 200, "search?column=A03": 200, "search?q=。": 200, "search?q=供餐&format=csv": 200, "search?page=0": 400},
		"listBulk":      {"bulk": 200, "bulk?format=csv": 400},
		"getBulkFile":   {"bulk/articles.csv.gz": 200, "bulk/SHA256SUMS": 200, "bulk/other.gz": 404},
		"getCatalog":    {"catalog.jsonld": 200},
		"getOpenAPI":    {"openapi.json": 200},
	}
}
