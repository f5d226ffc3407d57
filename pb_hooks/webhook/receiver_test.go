package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

func isFromGongkai(h http.Header, body []byte, secret string) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	sent, err2 := strconv.ParseInt(h.Get("webhook-timestamp"), 10, 64)
	if err != nil || err2 != nil || time.Since(time.Unix(sent, 0)).Abs() > 5*time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(h.Get("webhook-id") + "." + h.Get("webhook-timestamp") + "."))
	mac.Write(body)
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, got := range strings.Fields(h.Get("webhook-signature")) {
		if hmac.Equal([]byte(got), []byte(want)) {
			return true
		}
	}
	return false
}

func TestTheExampleVerifies(t *testing.T) {
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(`{"type":"test"}`)
	good := Headers("abc", time.Now(), body, other, k)
	if !isFromGongkai(good, body, k.String()) {
		t.Error("a good delivery is not trusted")
	}
	if isFromGongkai(good, []byte("{}"), k.String()) || isFromGongkai(Headers("abc", time.Now(), body, other), body, k.String()) ||
		isFromGongkai(Headers("abc", time.Now().Add(-time.Hour), body, k), body, k.String()) || isFromGongkai(http.Header{}, body, k.String()) {
		t.Error("a bad delivery is trusted")
	}
}
