package workday

import (
	"testing"
	"time"
	_ "time/tzdata"
)

// Clocks were moved in 1919, the forties and 1986–1991; a birthday may lie there.
func TestShanghaiIsThatOfTheDatabase(t *testing.T) {
	want, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for at := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2040; at = at.Add(6 * time.Hour) {
		if got, want := at.In(Shanghai).Format(time.RFC3339), at.In(want).Format(time.RFC3339); got != want {
			t.Fatalf("%s: got %s, want %s", at.Format(time.RFC3339), got, want)
		}
	}
}
