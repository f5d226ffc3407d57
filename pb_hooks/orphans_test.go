package pb_hooks_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
)

// Papers that a kill left without an application, or a letter, go when the server
// starts; what may be under way stays, and so do those of what was filed, however old
// they are.
func TestPapersWithoutAnApplicationGo(t *testing.T) {
	for collection, file := range map[string]func(s *server) answer{
		"foi_applications": func(s *server) answer { return s.fileAs("", doorA, goodApplication(), s.proof()) },
		"inquiry_letters": func(s *server) answer {
			return s.writeTo(lettersA, goodLetter(), paper{"papers", "材料.png", picture(t)})
		},
	} {
		t.Run(collection, func(t *testing.T) { orphansGo(t, collection, file) })
	}
}

func orphansGo(t *testing.T, collection string, file func(s *server) answer) {
	t.Setenv(keyEnv, dataKey)
	var place string
	age := func(folder string, by time.Duration) {
		t.Helper()
		err := os.MkdirAll(filepath.Join(place, folder), 0o755)
		if err == nil {
			err = os.WriteFile(filepath.Join(place, folder, "sealed_test.bin"), []byte("sealed"), 0o644)
		}
		if err == nil {
			err = os.Chtimes(filepath.Join(place, folder), now.Add(-by), now.Add(-by))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	stays := func(folder string) bool {
		_, err := os.Stat(filepath.Join(place, folder, "sealed_test.bin"))
		return err == nil
	}
	s := serve(t, func(app core.App) {
		c, err := app.FindCollectionByNameOrId(collection)
		if err != nil {
			t.Fatal(err)
		}
		place = filepath.Join(app.DataDir(), "storage", c.BaseFilesPath())
		age("orphan000000001", 61*time.Minute)
		age("orphan000000002", 59*time.Minute)
	})
	if stays("orphan000000001") || !stays("orphan000000002") {
		t.Errorf("after the start: the old papers stay: %v, the young ones: %v", stays("orphan000000001"), stays("orphan000000002"))
	}
	if a := file(s); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	application, err := s.app.FindFirstRecordByFilter(collection, "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	age(application.Id, 48*time.Hour)
	age("orphan000000002", time.Hour)
	if n, err := pb_hooks.RemoveOrphans(s.app); err != nil || n != 1 || !stays(application.Id) || stays("orphan000000002") {
		t.Errorf("later: %d removed (%v), the application's stay: %v, the others: %v", n, err, stays(application.Id), stays("orphan000000002"))
	}
}
