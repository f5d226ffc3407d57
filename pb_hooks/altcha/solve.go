package altcha

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
)

// Solve does what a browser does (ui/src/public/filing/solve.ts) and returns the
// payload. A program that files may use it; our tests do. It fails with Invalid
// where no counter up to Data.Most solves the challenge.
func Solve(c Challenge) (text string, err error) {
	salt, err1 := hex.DecodeString(c.Parameters.Salt)
	nonce, err2 := hex.DecodeString(c.Parameters.Nonce)
	wanted, err3 := hex.DecodeString(c.Parameters.KeyPrefix)
	if err1 != nil || err2 != nil || err3 != nil {
		return "", Invalid{"not a challenge"}
	}
	for counter := uint32(0); counter <= c.Parameters.Data.Most; counter++ {
		derived := derive(salt, nonce, counter)
		if bytes.HasPrefix(derived[:], wanted) {
			raw, err := json.Marshal(payload{c, solution{counter, hex.EncodeToString(derived[:])}})
			return base64.StdEncoding.EncodeToString(raw), err
		}
	}
	return "", Invalid{"no counter solves it"}
}
