package pb_hooks

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
)

const (
	pagesAtOnce    = 200     // articles read in one part of a run
	mostLinks      = 300     // of one article
	mostSeen       = 50_000  // internal addresses remembered during a run
	mostOfHomePage = 1 << 20 // bytes
)

// lookAtHome follows the links of one school's home page, and sees whether the
// school's own site has an address that visitors can follow.
func (w *prober) lookAtHome(ctx context.Context, run *core.Record) (runStep, error) {
	d, err := w.p.directory()
	if err != nil {
		return runStep{}, err
	}
	var s *records.School
	only := run.GetString("school")
	for _, one := range d.Schools { // by code
		if (only == "" || one.ID == only) && one.Code > run.GetString("last") {
			s = one
			break
		}
	}
	if s == nil {
		return runStep{phase: "pages"}, nil
	}
	if only != "" { // somebody waits for it
		if err := w.visitSchool(ctx, s, w.p.options.Now().In(shanghai).Format(hourLayout)); err != nil {
			return runStep{}, err
		}
	}
	path := "/s/" + s.Code
	home := w.p.knock(ctx, http.MethodGet, path, mostOfHomePage)
	found := []foundLink{}
	for _, raw := range probe.Links(string(home.body)) {
		if kind, address := probe.Classify(raw, d.District.BaseURL, path); kind == probe.Internal && len(address) <= mostURL {
			look := w.lookInside(ctx, address)
			found = append(found, foundLink{linkPlace{School: s.ID, Place: placeHome, URL: address}, string(kind), &look})
		}
	}
	if kind, address := probe.Classify(s.Website, d.District.BaseURL, path); kind == probe.External || kind.IsForeign() {
		found = append(found, foundLink{linkPlace: linkPlace{School: s.ID, Place: placeWebsite, URL: clip(address, mostURL)}, kind: string(kind)})
	}
	if ctx.Err() != nil {
		return runStep{}, ctx.Err()
	}
	var known []linkRow
	err = w.p.app.DB().Select("id", "school", "article", "place", "url", "kind", "state", "tries", "broken_since").From(records.ProbeLinks).
		Where(dbx.HashExp{"school": s.ID, "article": ""}).WithContext(ctx).All(&known)
	return runStep{changes: compare(once(found), known, w.p.options.Now()), done: 1, last: s.Code}, err
}

// once leaves of each link the first.
func once(found []foundLink) []foundLink {
	seen := make(map[linkPlace]bool, len(found))
	list := found[:0]
	for _, f := range found {
		if !seen[f.linkPlace] {
			seen[f.linkPlace] = true
			list = append(list, f)
		}
	}
	return list
}

// lookInside looks at a page or file of the site, once in a run. What is not
// there for a visitor, such as the addresses of the API, is missing.
func (w *prober) lookInside(ctx context.Context, path string) probe.Look {
	if look, is := w.seen[path]; is {
		return look
	}
	v := w.p.knock(ctx, http.MethodHead, path, 0)
	look := probe.Look{Status: v.status, Fault: probe.FaultOf(v.status)}
	if v.took > probe.FailsAfter {
		look.Fault = probe.Silent
	}
	if len(w.seen) < mostSeen {
		w.seen[path] = look
	}
	return look
}

// publicText is what visitors see of an article, with links only where there are any.
type publicText struct {
	ID          string `db:"id"`
	School      string `db:"school"`
	Body        string `db:"body"`
	Facts       string `db:"facts"`
	Attachments string `db:"attachments"`
}

// lookAtPages follows the links of some articles, in the order of their ids: it
// reads what is stored and asks for no page but those linked to.
func (w *prober) lookAtPages(ctx context.Context, run *core.Record) (runStep, error) {
	texts, last, err := w.publicTexts(ctx, run.GetString("school"), run.GetString("last"))
	if err != nil {
		return runStep{}, err
	}
	if len(texts) == 0 {
		changes, err := w.gone(ctx)
		return runStep{changes: changes, phase: "external"}, err
	}
	d, err := w.p.directory()
	if err != nil {
		return runStep{}, err
	}
	var found []foundLink
	ids := make([]string, 0, len(texts))
	for _, t := range texts {
		ids = append(ids, t.ID)
		found = append(found, w.linksOf(ctx, t, d.District.BaseURL)...)
	}
	files, err := w.lookAtFiles(ctx, texts)
	if err != nil {
		return runStep{}, err
	}
	if ctx.Err() != nil {
		return runStep{}, ctx.Err()
	}
	known, err := knownLinks(ctx, w.p.app, ids)
	if err != nil {
		return runStep{}, err
	}
	return runStep{changes: compare(append(found, files...), known, w.p.options.Now()), done: len(texts), last: last}, nil
}

// publicTexts reads the next articles. Texts without a link stay in the database.
func (w *prober) publicTexts(ctx context.Context, school, after string) (texts []publicText, last string, err error) {
	var ids []string
	query := w.p.app.DB().Select("id").From(records.Articles).Where(dbx.NewExp("id > {:after}", dbx.Params{"after": after})).OrderBy("id").Limit(pagesAtOnce)
	if school != "" {
		query.AndWhere(dbx.HashExp{"school": school})
	}
	// without an index on the state: SQLite is to walk the ids
	if err := query.AndWhere(dbx.In("(+state)", publicStates()...)).WithContext(ctx).Column(&ids); err != nil || len(ids) == 0 {
		return nil, "", err
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, "", err
	}
	err = w.p.app.DB().NewQuery("SELECT p.id, p.school, p.facts, p.attachments," +
		" iif(instr(p.body, '://') OR instr(p.body, 'href=') OR instr(p.body, 'src='), p.body, '') AS body" +
		" FROM json_each({:ids}) wanted CROSS JOIN " + records.PublicArticles + " p ON p.id = wanted.value").
		Bind(dbx.Params{"ids": string(list)}).WithContext(ctx).All(&texts)
	return texts, ids[len(ids)-1], err
}

// linksOf are the links of one article; those inside are looked at.
func (w *prober) linksOf(ctx context.Context, t publicText, home string) []foundLink {
	var found []foundLink
	add := func(place, raw string) {
		kind, address := probe.Classify(raw, home, "/a/"+t.ID)
		if kind == probe.Nowhere || kind == probe.Contact || len(found) >= mostLinks {
			return
		}
		f := foundLink{linkPlace: linkPlace{t.School, t.ID, place, clip(address, mostURL)}, kind: string(kind)}
		if kind == probe.Internal {
			look := w.lookInside(ctx, address)
			f.look = &look
		}
		found = append(found, f)
	}
	links := probe.Links(t.Body)
	for _, raw := range links {
		add(placeBody, raw)
	}
	for _, row := range (records.PublicArticle{Facts: t.Facts}).FactRows() {
		for _, text := range row {
			for _, raw := range probe.Written(text) {
				add(placeFacts, raw)
			}
		}
	}
	if probe.IsOnlyWeChat(t.Body) {
		found = append(found, foundLink{linkPlace: linkPlace{t.School, t.ID, placeWhole, clip(links[0], mostURL)}, kind: kindWeChat})
	}
	return once(found)
}

// lookAtFiles looks at the attachments that visitors are offered: they are there,
// not empty, and can be read.
func (w *prober) lookAtFiles(ctx context.Context, texts []publicText) ([]foundLink, error) {
	school := map[string]string{} // of an attachment
	for _, t := range texts {
		for _, id := range (records.PublicArticle{Attachments: t.Attachments}).AttachmentIDs() {
			school[id] = t.School
		}
	}
	if len(school) == 0 {
		return nil, nil
	}
	ids := make([]string, 0, len(school))
	for id := range school {
		ids = append(ids, id)
	}
	files, err := w.p.app.FindRecordsByIds(records.Attachments, ids)
	if err != nil {
		return nil, fmt.Errorf("read attachments: %w", err)
	}
	storage, err := w.p.app.NewFilesystem()
	if err != nil {
		return nil, fmt.Errorf("open the storage: %w", err)
	}
	defer storage.Close()
	var found []foundLink
	for _, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		look := probe.Look{Fault: lookAtFile(storage, f.BaseFilesPath()+"/"+f.GetString("file"))}
		at := linkPlace{school[f.Id], f.GetString("article"), placeFile, attachmentView(f).URL}
		found = append(found, foundLink{at, kindFile, &look})
		delete(school, f.Id)
	}
	return found, nil
}

func lookAtFile(storage *filesystem.System, key string) probe.Fault {
	is, err := storage.Exists(key)
	switch {
	case err != nil:
		return probe.Unreadable
	case !is:
		return probe.Missing
	}
	file, err := storage.GetReader(key)
	if err != nil {
		return probe.Unreadable
	}
	defer file.Close()
	if file.Size() == 0 {
		return probe.Empty
	}
	if _, err := file.Read(make([]byte, 1)); err != nil {
		return probe.Unreadable
	}
	return probe.Works
}

// gone are the links of articles that are no longer public.
func (w *prober) gone(ctx context.Context) (changes []linkChange, err error) {
	var ids []string
	err = w.p.app.DB().Select("l.id").From(records.ProbeLinks+" l").LeftJoin(records.Articles+" a", dbx.NewExp("a.id = l.article")).
		Where(dbx.NewExp("l.article != ''")).AndWhere(dbx.NotIn("coalesce(a.state, '')", publicStates()...)).WithContext(ctx).Column(&ids)
	for _, id := range ids {
		changes = append(changes, linkChange{id: id})
	}
	return changes, err
}
