package pb_hooks_test

import "maps"

// elsewhereWithScores are the routes of scorecards among elsewhere.
var elsewhereWithScores = map[string]string{
	"GET /api/app/scores":                           "TestScoresAreSeenByTheirReaders",
	"GET /api/app/scores.xlsx":                      "TestScoresAreSeenByTheirReaders",
	"GET /api/app/scores/weights":                   "TestScoresAreSeenByTheirReaders",
	"POST /api/app/scores/weights":                  "TestWeightsHoldFromALaterMonth",
	"GET /api/app/scores/{school}":                  "TestScoresAreSeenByTheirReaders",
	"POST /api/app/scores/{school}/findings":        "TestTheBureauEntersWhatItFound",
	"POST /api/app/scores/{school}/objections":      "TestASchoolObjectsToALine",
	"POST /api/app/scores/objections/{id}/decision": "TestASchoolObjectsToALine",
}

func init() { maps.Copy(elsewhere, elsewhereWithScores) }
