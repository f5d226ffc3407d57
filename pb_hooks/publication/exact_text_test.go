package publication_test

import (
	"encoding/json"
	"testing"

	"gongkai/pb_hooks/publication"
)

// The hashes were computed by the version of the program that first wrote them:
// they are in the steps and in the audit of every installation.
func TestTextsKeepTheirHash(t *testing.T) {
	plain := publication.ExactText{Title: "供餐时间<调整>&说明", Source: "晨光小学", CreatedOn: "2026-11-20", Body: "<p>午餐提前到十一点三十分。</p>", Facts: json.RawMessage("[]")}
	full := plain
	full.DocNumber, full.ValidUntil, full.PublicityWorkdays, full.ReleaseAt = "晨小〔2026〕3号", "2027-01-31", 5, "2026-11-25 00:00:00.000Z"
	full.Facts = json.RawMessage(`[ {"项目":"伙食费","标准":"<12元"} ]`)
	full.Files = []publication.ExactFile{{SHA256: "ab", Name: "安排.png", Alt: "安排图"}, {SHA256: "cd", Name: "表.xlsx"}}
	for _, tt := range []struct {
		name, want, lines string
		text              publication.ExactText
	}{
		{"nothing", "181c1b15e4b49684c6f1b6ac26be191b0c667a59d2f31bde44bdaa68354e3c67", "\"\"\n\"\"\n\"\"\n\"\"\n\"\"\n\"\"\nnull\n", publication.ExactText{}},
		{"plain", "066c95ced9a29c05ca6ed4cb307a44ee5f212929ec7e75ca032241621f58aaca", "\"供餐时间\\u003c调整\\u003e\\u0026说明\"\n\"晨光小学\"\n\"\"\n\"2026-11-20\"\n\"\"\n\"\\u003cp\\u003e午餐提前到十一点三十分。\\u003c/p\\u003e\"\n[]\n", plain},
		{"full", "98f28cc6e5df733a5bad169210c751579d994dfa4eb5d5ffb49bc99e06b227b7", "\"供餐时间\\u003c调整\\u003e\\u0026说明\"\n\"晨光小学\"\n\"晨小〔2026〕3号\"\n\"2026-11-20\"\n\"2027-01-31\"\n\"\\u003cp\\u003e午餐提前到十一点三十分。\\u003c/p\\u003e\"\n" +
			"[{\"项目\":\"伙食费\",\"标准\":\"\\u003c12元\"}]\npublicity_workdays=5\nrelease_at=2026-11-25 00:00:00.000Z\nab安排.png安排图\ncd表.xlsx\n", full},
	} {
		lines, err := tt.text.Lines()
		if err != nil || string(lines) != tt.lines {
			t.Errorf("%s: %v\ngot  %q\nwant %q", tt.name, err, lines, tt.lines)
		}
		if got, err := tt.text.Hash(); err != nil || got != tt.want {
			t.Errorf("%s: got %s, want %s (%v)", tt.name, got, tt.want, err)
		}
	}
	if _, err := (publication.ExactText{Facts: json.RawMessage("{")}).Hash(); err == nil {
		t.Error("facts that are no JSON have a hash")
	}
}
