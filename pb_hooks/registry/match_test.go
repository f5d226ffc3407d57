package registry

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"
)

// pair is a stored school and a row, and what a person who knows the district says about them.
type pair struct {
	want, why string
	stored    School
	row       Row
}

// readPairs reads testdata: want, why, then name, address, phone, town and code of the stored school and of the row.
func readPairs(t testing.TB, file string) []pair {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"name", "address", "phone", "town", "code"}
	var pairs []pair
	for i, cells := range lines[1:] {
		side := func(cells []string) Row {
			values := map[string]any{"stages": "小学"}
			for j, name := range names {
				values[name] = cells[j]
			}
			row := ReadRow(i+2, values)
			if len(row.Problems) > 0 {
				t.Fatalf("%s line %d: %v", file, i+2, row.Problems)
			}
			return row
		}
		p := pair{cells[0], cells[1], side(cells[2:7]).School, side(cells[7:12])}
		p.stored.ID, p.stored.Status = "a", Open
		if p.stored.Code == "" {
			p.stored.Code = "3101120001"
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// judge is what Compare says of a pair: certain, candidate or different.
func judge(p pair) string {
	set := Compare([]School{p.stored}, []Row{p.row}, minhang, Options{Partial: true})
	for _, l := range set.Lines {
		switch {
		case l.Kind == Unsure && slices.ContainsFunc(l.Candidates, func(c Candidate) bool { return c.School == "a" }):
			return "candidate"
		case l.School == "a" && l.Kind != Bad:
			return "certain"
		}
	}
	return "different"
}

// score compares Compare with a person: what was applied as certain must be certain (precision), and of what is one school
// as much as possible must be found, as certain or at least as a candidate (recall).
func score(t *testing.T, file string) (right, total int) {
	t.Helper()
	var certain, certainRight, one, found, sure, sureFound int
	for _, p := range readPairs(t, file) {
		got := judge(p)
		total++
		if got == p.want {
			right++
		} else {
			t.Logf("%s: want %s, got %s: %s | %s", p.why, p.want, got, p.stored.Name, p.row.School.Name)
		}
		if got == "certain" {
			certain++
			if p.want == "certain" {
				certainRight++
			}
		}
		if p.want == "certain" {
			sure++
			if got == "certain" {
				sureFound++
			}
		}
		if p.want != "different" {
			one++
			if got != "different" {
				found++
			}
		}
	}
	t.Logf("%s: %d of %d as labelled; certain: precision %d/%d, recall %d/%d; found at all: %d/%d", file, right, total, certainRight, certain, sureFound, sure, found, one)
	if certainRight != certain {
		t.Errorf("%d pairs were applied that a person would look at", certain-certainRight)
	}
	return right, total
}

func TestMatchPairs(t *testing.T) {
	if right, total := score(t, "testdata/pairs.csv"); right != total {
		t.Errorf("%d of %d", right, total)
	}
}

// TestMatchSecondPairs holds pairs that were labelled before the first try and were not looked at while the measure was
// being made.
func TestMatchSecondPairs(t *testing.T) {
	if right, total := score(t, "testdata/pairs_second.csv"); right != total {
		t.Errorf("%d of %d", right, total)
	}
}

func TestMatchThirdPairs(t *testing.T) {
	if right, total := score(t, "testdata/pairs_third.csv"); right != total {
		t.Errorf("%d of %d", right, total)
	}
}
