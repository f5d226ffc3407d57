package pb_hooks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/records"
)

// This file lets the people of the demonstration ask what they would ask at
// work: what a hook or a handler refuses them is refused here too.

// person is who holds a post, with the duties of that day.
func (d *demoPlay) person(post string, school int) (*core.Record, error) {
	if slices.ContainsFunc(demoBureau, func(p demoPost) bool { return p.word == post }) {
		school = 0
	}
	return d.app.FindRecordById(records.Staff, demoPerson(post, school))
}

// schoolID is the id of the school with this number.
func (d *demoPlay) schoolID(number int) string {
	return idOf(records.Schools, "demo "+d.schools[number-1].Code)
}

func (d *demoPlay) keyOf(item demoItem) string { return d.plan.KeyPrefix() + "item/" + item.key }

// article is the article that an item is about.
func (d *demoPlay) article(item demoItem) (*core.Record, error) {
	switch {
	case item.imported:
		return d.app.FindFirstRecordByData(records.Articles, "import_key", d.plan.KeyPrefix()+d.schools[item.school-1].Code+"/"+item.key)
	case item.broadcast:
		return d.app.FindRecordById(records.Articles, broadcastArticle(d.broadcastID(demoItem{key: "broadcast"}), d.schoolID(item.school)))
	}
	return d.app.FindRecordById(records.Articles, idOf(records.Articles, "demo "+d.keyOf(item)))
}

// version is the newest version of an item's article.
func (d *demoPlay) version(article *core.Record) (*core.Record, error) {
	list, err := d.app.FindRecordsByFilter(records.Versions, "article = {:article}", "-number", 1, 0, dbx.Params{"article": article.Id})
	if err != nil || len(list) == 0 {
		return nil, fmt.Errorf("the article has no version: %w", err)
	}
	return list[0], nil
}

// save stores a record as somebody's request does.
func (d *demoPlay) save(who, r *core.Record) error {
	request, err := d.request(who, "", nil)
	if err != nil {
		return err
	}
	e := &core.RecordRequestEvent{RequestEvent: request, Record: r}
	e.Collection = r.Collection()
	hook := d.app.OnRecordUpdateRequest()
	if r.IsNew() {
		hook = d.app.OnRecordCreateRequest()
	}
	return hook.Trigger(e, func(e *core.RecordRequestEvent) error { return e.App.Save(e.Record) })
}

// ask asks a handler about the record with this id.
func (d *demoPlay) ask(who *core.Record, handler func(*core.RequestEvent) error, id string, body any) error {
	e, err := d.request(who, id, body)
	if err != nil {
		return err
	}
	return handler(e)
}

func (d *demoPlay) request(who *core.Record, id string, body any) (*core.RequestEvent, error) {
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	r, err := http.NewRequest(http.MethodPost, "/", bytes.NewReader(sent))
	if err != nil {
		return nil, err
	}
	r.Body = &router.RereadableReadCloser{ReadCloser: io.NopCloser(bytes.NewReader(sent))}
	r.Header.Set("Content-Type", "application/json")
	r.RemoteAddr = "127.0.0.1:0"
	r.SetPathValue("id", id)
	e := &core.RequestEvent{App: d.app, Auth: who}
	e.Request, e.Response = r, unread{}
	return e, nil
}

// unread is an answer that nobody reads.
type unread struct{}

func (unread) Header() http.Header         { return http.Header{} }
func (unread) Write(b []byte) (int, error) { return len(b), nil }
func (unread) WriteHeader(int)             {}

// demoPerson is the id of an account of the demonstration.
func demoPerson(post string, school int) string {
	return idOf(records.Staff, "demo "+demoPost{word: post}.email(school))
}

// demoText is a body: a paragraph for each line, and what it is.
func demoText(text string) string {
	return "<p>" + strings.ReplaceAll(text, "\n", "</p><p>") + "</p><p>" + demo.Notice + "</p>"
}
