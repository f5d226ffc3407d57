package pb_hooks

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// bindEndedSchools keeps the people of a school that was merged or closed to
// reading: whoever was not taken along to a successor still has their account.
func bindEndedSchools(app core.App) {
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		se.Router.BindFunc(readsOnly)
		return se.Next()
	})
}

// ofEverybody is what anybody with an account sends, whatever became of their
// school: signing in, a token for files, having read a message.
var ofEverybody = regexp.MustCompile(`^/api/(realtime|files/token|app/notifications/read|collections/notifications/records/\w+|collections/staff/(auth|request|confirm)-[a-z0-9-]+)$`)

func readsOnly(e *core.RequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff || e.Auth.GetString("school") == "" ||
		e.Request.Method == http.MethodGet || e.Request.Method == http.MethodHead || ofEverybody.MatchString(e.Request.URL.Path) {
		return e.Next()
	}
	what, err := onlyReads(e.App, e.Auth)
	if err != nil {
		return err
	}
	if what == "" {
		return e.Next()
	}
	return e.ForbiddenError(what+"，原学校的内容只能查看，不能再办理。", nil)
}

// onlyReads says what became of a person's school, if it has ended: they see what it
// has and do nothing more. "" is everybody else.
func onlyReads(app core.App, person *core.Record) (string, error) {
	if person.GetString("school") == "" {
		return "", nil
	}
	// not of the directory: what stands there waits for the standard of the day
	school, err := storedSchool(app, person.GetString("school"))
	if err != nil || !hasEnded(school.GetString("status")) {
		return "", err
	}
	return endingInWords(app, school)
}

// towardsPublic are the steps that bring a text closer to the public.
var towardsPublic = []publication.Action{publication.Submit, publication.Approve, publication.Clear, publication.Publish}

// refuseAtEnded keeps a school that was merged or closed from publishing, whoever
// takes the step: reviewers of the bureau have some of its texts, the clock others.
func refuseAtEnded(app core.App, article *core.Record, do publication.Action) error {
	if article.GetString("school") == "" || !slices.Contains(towardsPublic, do) {
		return nil
	}
	school, err := app.FindRecordById(records.Schools, article.GetString("school"))
	if err != nil || !hasEnded(school.GetString("status")) {
		return err
	}
	what, err := endingInWords(app, school)
	if err != nil {
		return err
	}
	return refused("action", "school_has_ended", what+"，原学校的稿件不能再送审和公开；仍要公开的，请由承接学校重新起草")
}

// successorNames are the names of the schools that a school became part of.
func successorNames(d *records.Directory, s *records.School) []string {
	var names []string
	for _, id := range s.Successors {
		if successor, ok := d.ByID(id); ok {
			names = append(names, successor.Name)
		}
	}
	return names
}

// atWorkAfter are the schools that go on with what a school was: its successors, and
// theirs where one of them has ended too.
func atWorkAfter(d *records.Directory, s *records.School) []*records.School {
	var list []*records.School
	seen := map[string]bool{s.ID: true}
	for left := slices.Clone(s.Successors); len(left) > 0; left = left[1:] {
		successor, ok := d.ByID(left[0])
		if !ok || seen[successor.ID] {
			continue
		}
		seen[successor.ID] = true
		if hasEnded(successor.Status) {
			left = append(left, successor.Successors...)
		} else {
			list = append(list, successor)
		}
	}
	return list
}

// noDoor refuses what a visitor sends to a school that is not at work, and says
// where to go instead. what is what they send: 信息公开申请, 来信.
func noDoor(e *core.RequestEvent, d *records.Directory, s *records.School, what string) error {
	if s == nil {
		return e.NotFoundError("没有这所学校，请核对网址。", nil)
	}
	if !hasEnded(s.Status) {
		return e.ForbiddenError(s.Name+"还在筹建，暂不接收"+what+"。", nil)
	}
	sentence := endedInWords(s, successorNames(d, s)) + "，不再接收" + what
	var where []string
	for _, successor := range atWorkAfter(d, s) {
		where = append(where, successor.Name+"（"+d.District.BaseURL+"/s/"+successor.Code+"）")
	}
	if len(where) > 0 {
		return e.ForbiddenError(sentence+"，请向"+strings.Join(where, "或者")+"提出。已经提交的，凭原来的编号和查询码查询。", nil)
	}
	return e.ForbiddenError(sentence+"，请联系"+d.District.Bureau+"。已经提交的，凭原来的编号和查询码查询。", nil)
}
