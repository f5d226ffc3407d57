package workday

import (
	_ "embed"
	"time"
)

// shanghaiData is Asia/Shanghai as the time zone database has it (TZif, RFC 9636). The other six hundred zones stay out
// of the program.
//
//go:embed shanghai.tzif
var shanghaiData []byte

// Shanghai is the zone of every clock and date here, whatever the server's is and whether or not it has zone data: a wrong
// one would move a deadline filed in the evening by a day.
var Shanghai = func() *time.Location {
	zone, err := time.LoadLocationFromTZData("Asia/Shanghai", shanghaiData)
	if err != nil {
		panic("workday: shanghai.tzif: " + err.Error())
	}
	return zone
}()
