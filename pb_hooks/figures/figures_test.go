package figures

import (
	"maps"
	"testing"
)

func TestTheCatalogueExplainsEveryFigureOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Catalogue() {
		if seen[f.Name] || f.Name == "" {
			t.Errorf("%q stands there twice", f.Name)
		}
		seen[f.Name] = true
		if f.Group == "" || f.Label == "" || f.Unit == "" || f.How == "" || f.Kind != Stock && f.Kind != Total {
			t.Errorf("%s is not whole", f.Name)
		}
	}
	for _, s := range Shares() {
		part, found := Named(s.Part)
		whole, also := Named(s.Whole)
		if !found || !also || part.Kind != whole.Kind {
			t.Errorf("%s is of figures that cannot be divided", s.Name)
		}
		if s.How == "" || s.Label == "" || seen[s.Name] {
			t.Errorf("%s is not whole, or bears the name of a figure", s.Name)
		}
	}
}

func TestAPeriodIsADifferenceOfTotalsAndTheLastStock(t *testing.T) {
	january := Counts{"items_published": 100, "items_public": 90, "ratings": 5}
	march := Counts{"items_published": 130, "items_public": 85, "ratings": 5}
	if got, want := Period(january, march), (Counts{"items_published": 30, "items_public": 85, "ratings": 0}); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if march["items_published"] != 130 {
		t.Error("what was given was changed")
	}
}

func TestARatioIsWholeOnlyIfEverythingIs(t *testing.T) {
	for _, tt := range []struct {
		r     Ratio
		want  int
		known bool
	}{{Ratio{9999, 10000}, 999, true}, {Ratio{7, 7}, 1000, true}, {Ratio{0, 0}, 0, false}, {Ratio{0, 3}, 0, true}, {Ratio{1, 3}, 333, true}} {
		if got, known := tt.r.Permille(); got != tt.want || known != tt.known {
			t.Errorf("%v: %d %v", tt.r, got, known)
		}
	}
}

func TestAStrangeFigureIsSeen(t *testing.T) {
	if got := (Counts{"items_public": 1, "visitors": 2}).Unknown(); len(got) != 1 || got[0] != "visitors" {
		t.Errorf("%v", got)
	}
}
