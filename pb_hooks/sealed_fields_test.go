package pb_hooks_test

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/sealed"
)

// theSealed is a collection of the tests: people who do not exist.
const theSealed = "sealed_people"

// sealPeople makes the collection and puts it into the table of sealed fields.
func sealPeople(t testing.TB, app core.App) {
	t.Helper()
	c := core.NewBaseCollection(theSealed)
	c.Fields.Add(&core.TextField{Name: "name", Hidden: true, Max: 1000}, &core.TextField{Name: "phone", Hidden: true, Max: 1000}, &core.TextField{Name: "phone_hash", Hidden: true},
		&core.FileField{Name: "proof", MaxSelect: 1, MaxSize: 40 << 20, Protected: true}, &core.FileField{Name: "proofs", MaxSelect: 5, MaxSize: 40 << 20, Protected: true},
		&core.TextField{Name: "state"})
	c.AddIndex("idx_sealed_people_phone", false, "phone_hash", "")
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	pb_hooks.SealFields(t, pb_hooks.SealedField{Collection: theSealed, Field: "name"},
		pb_hooks.SealedField{Collection: theSealed, Field: "phone", Hash: "phone_hash", Kind: sealed.Phone},
		pb_hooks.SealedField{Collection: theSealed, Field: "proof", IsFile: true}, pb_hooks.SealedField{Collection: theSealed, Field: "proofs", IsFile: true})
}

func sealer(t testing.TB, app core.App) pb_hooks.Sealer {
	t.Helper()
	s, err := pb_hooks.NewSealer(app, true)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// withKey is a server with a key, and people in it.
func withKey(t testing.TB) (*server, pb_hooks.Sealer) {
	t.Helper()
	t.Setenv(keyEnv, sealed.NewKey())
	s := serve(t)
	sealPeople(t, s.app)
	return s, sealer(t, s.app)
}

func newRecord(t testing.TB, app core.App) *core.Record {
	t.Helper()
	c, err := app.FindCollectionByNameOrId(theSealed)
	if err != nil {
		t.Fatal(err)
	}
	return core.NewRecord(c)
}

// fill seals fields of a record, in pairs of name and value.
func fill(t testing.TB, by pb_hooks.Sealer, r *core.Record, pairs ...string) *core.Record {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if err := by.Seal(r, pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func save(t testing.TB, app core.App, r *core.Record) *core.Record {
	t.Helper()
	if err := app.Save(r); err != nil {
		t.Fatal(err)
	}
	return r
}

func again(t testing.TB, app core.App, id string) *core.Record {
	t.Helper()
	r, err := app.FindRecordById(theSealed, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustBe(t testing.TB, by pb_hooks.Sealer, r *core.Record, field, want string) {
	t.Helper()
	if got, err := by.Unseal(r, field); err != nil || got != want {
		t.Errorf("%s: got %q, %v, want %q", field, got, err, want)
	}
}

// A copy of the data folder, with database, files and logs, shows nobody.
func TestACopyOfTheDataShowsNobody(t *testing.T) {
	s, by := withKey(t)
	const name, phone, proof = "司徒敬亭", "13900004321", "敬亭的身份证影印件"
	r := fill(t, by, newRecord(t, s.app), "name", name, "phone", phone)
	if err := by.Upload(r, "proof", strings.NewReader(strings.Repeat(proof, 100))); err != nil {
		t.Fatal(err)
	}
	save(t, s.app, r)
	r = again(t, s.app, r.Id)
	mustBe(t, by, r, "name", name)
	mustBe(t, by, r, "phone", phone)
	var plain bytes.Buffer
	if err := by.Download(t.Context(), &plain, r, "proof", r.GetString("proof")); err != nil || plain.String() != strings.Repeat(proof, 100) {
		t.Errorf("the proof: %d bytes, %v", plain.Len(), err)
	}
	files := 0
	err := filepath.WalkDir(s.app.DataDir(), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the search index is at work
		}
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		files++
		for _, secret := range []string{name, phone, "敬亭", "身份证影印件"} {
			if bytes.Contains(data, []byte(secret)) || strings.Contains(path, secret) {
				t.Errorf("%s shows %s", path, secret)
			}
		}
		return err
	})
	if err != nil || files < 4 {
		t.Errorf("looked at %d files: %v", files, err)
	}
	for _, who := range []string{"", editorA, supervisor, root} {
		if a := s.do(who, http.MethodGet, "/api/collections/"+theSealed+"/records/"+r.Id, nil); strings.Contains(a.body, name) || strings.Contains(a.body, phone) {
			t.Errorf("%q is shown %s", who, a.body)
		}
	}
}

func TestSealedValuesAreFoundByTheirHash(t *testing.T) {
	s, by := withKey(t)
	mine := save(t, s.app, fill(t, by, newRecord(t, s.app), "phone", "139 0000 4321"))
	save(t, s.app, fill(t, by, newRecord(t, s.app), "phone", "13900004322"))
	save(t, s.app, fill(t, by, newRecord(t, s.app), "name", "无电话", "phone", ""))
	for value, want := range map[string]int{"13900004321": 1, "+86 139-0000-4321": 1, "13900004323": 0, "": 0, "无": 0} {
		equals, err := by.Equals(theSealed, "phone", value)
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.app.FindAllRecords(theSealed, equals)
		if err != nil || len(found) != want || want > 0 && found[0].Id != mine.Id {
			t.Errorf("%q finds %d, %v", value, len(found), err)
		}
	}
	if _, err := by.Equals(theSealed, "name", "王"); err == nil {
		t.Error("a field without hashes is searched")
	}
	if _, err := by.Equals("staff", "name", "王"); err == nil {
		t.Error("a field that is not sealed is searched")
	}
}

// Whatever writes: nothing in a sealed field is stored as it is.
func TestPlainTextIsNeverStored(t *testing.T) {
	s, by := withKey(t)
	r := save(t, s.app, fill(t, by, newRecord(t, s.app), "name", "王小明", "phone", "13900004321"))
	other := save(t, s.app, fill(t, by, newRecord(t, s.app), "name", "李小红"))
	refused := func(name string, change func(*core.Record), base *core.Record) {
		t.Helper()
		change(base)
		if err := s.app.Save(base); err == nil || !strings.Contains(err.Error(), "必须加密保存") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	refused("plain text, new", func(r *core.Record) { r.Set("name", "王小明") }, newRecord(t, s.app))
	refused("plain text", func(r *core.Record) { r.Set("name", "王小明") }, again(t, s.app, r.Id))
	refused("what looks sealed", func(r *core.Record) { r.Set("name", "s1."+keyID(t, os.Getenv(keyEnv))+".AAAA") }, again(t, s.app, r.Id))
	refused("another's value", func(r *core.Record) { r.Set("name", other.GetString("name")) }, again(t, s.app, r.Id))
	refused("another field's value", func(c *core.Record) { c.Set("name", c.GetString("phone")) }, again(t, s.app, r.Id))
	refused("a plain file", func(c *core.Record) {
		f, err := filesystem.NewFileFromBytes([]byte("身份证"), "sealed.bin")
		if err != nil {
			t.Fatal(err)
		}
		c.Set("proof", f)
	}, again(t, s.app, r.Id))
	for _, body := range []map[string]any{{"name": "王小明"}, {"phone": "13900004321"}} {
		if a := s.do(root, http.MethodPost, "/api/collections/"+theSealed+"/records", body); a.status != http.StatusBadRequest || !a.has("必须加密保存") {
			t.Errorf("the dashboard: %d %s", a.status, a.body)
		}
	}
	// the hash follows the value, whoever sets it
	c := again(t, s.app, r.Id)
	hash := c.GetString("phone_hash")
	c.Set("phone_hash", "h1.00000000.AAAA")
	save(t, s.app, c)
	if got := again(t, s.app, r.Id).GetString("phone_hash"); got != hash {
		t.Errorf("the hash became %s", got)
	}
	// what broke meanwhile holds nothing else up
	if _, err := s.app.DB().Update(theSealed, dbx.Params{"name": other.GetString("name")}, dbx.HashExp{"id": r.Id}).Execute(); err != nil {
		t.Fatal(err)
	}
	c = again(t, s.app, r.Id)
	c.Set("state", "closed")
	save(t, s.app, c)
	if _, err := by.Unseal(c, "name"); !errors.As(err, &sealed.Tampered{}) {
		t.Errorf("a value moved in the database: got %v", err)
	}
	if err := by.Seal(c, "state", "x"); err == nil {
		t.Error("a field that is not in the table was sealed")
	}
}

func TestWithoutAKeyNothingIsSealed(t *testing.T) {
	s := serve(t)
	sealPeople(t, s.app)
	by := sealer(t, s.app)
	err := by.Seal(newRecord(t, s.app), "name", "王小明")
	if !errors.As(err, &sealed.MissingKey{}) {
		t.Errorf("got %v", err)
	}
	var answer *router.ApiError
	if !errors.As(pb_hooks.KeyProblem(err), &answer) || answer.Status != http.StatusServiceUnavailable || !strings.Contains(answer.Message, "当面、邮寄") {
		t.Errorf("got %v", pb_hooks.KeyProblem(err))
	}
	if err := by.Upload(newRecord(t, s.app), "proof", strings.NewReader("x")); !errors.As(err, &sealed.MissingKey{}) {
		t.Errorf("got %v", err)
	}
	r := newRecord(t, s.app)
	r.Set("name", "王小明")
	if err := s.app.Save(r); err == nil {
		t.Error("plain text was stored")
	}
	r = newRecord(t, s.app)
	r.Set("state", "open")
	save(t, s.app, r) // nobody's name in it
	for _, err := range []error{sealed.WrongKey{Needed: "a"}, sealed.Tampered{}, sealed.NotSealed{}, sealed.MissingKey{Needed: "a"}} {
		if !errors.As(pb_hooks.KeyProblem(err), &answer) || answer.Status != http.StatusInternalServerError {
			t.Errorf("%v: got %v", err, pb_hooks.KeyProblem(err))
		}
	}
	if broken := errors.New("broken"); pb_hooks.KeyProblem(broken) != broken {
		t.Error("other errors stay")
	}
}
