package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const secret = "s3cret+/="

func TestSigns(t *testing.T) {
	for _, tt := range []struct {
		name string
		auth Auth
		is   func(*http.Request) bool
	}{
		{"nobody", Auth{}, func(r *http.Request) bool { return r.Header.Get("Authorization") == "" }},
		{"by a header", Auth{Sign: ByHeader, Name: "X-Key", Prefix: "Token "}, func(r *http.Request) bool { return r.Header.Get("X-Key") == "Token "+secret }},
		{"by the query", Auth{Sign: ByQuery, Name: "token"}, func(r *http.Request) bool { return r.URL.Query().Get("token") == secret }},
		{"by name and password", Auth{Sign: ByBasic, User: "gongkai"}, func(r *http.Request) bool {
			user, password, _ := r.BasicAuth()
			return user == "gongkai" && password == secret
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case !tt.is(r) || r.UserAgent() != agent || r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "":
					w.WriteHeader(http.StatusUnauthorized)
				case r.URL.Path == "/old":
					http.Redirect(w, r, "/new?"+r.URL.RawQuery, http.StatusFound)
				default:
					http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
					byPage(institutions(25))(w, r)
				}
			})
			c := paged(server.URL + "/old")
			c.Auth = tt.auth
			answer, err := Read(t.Context(), c, Secrets{secret}, State{}, inOffice)
			if err != nil || len(answer.Rows) != 25 {
				t.Errorf("got %d rows, %v", len(answer.Rows), err)
			}
		})
	}
}

// bank is a server of tokens, and of data for whoever has the last of them.
type bank struct {
	*second
	given, asked int
	refuse       int  // status of the token endpoint; 0 gives
	stale        bool // the data server takes no token
}

func serveTokens(t *testing.T) *bank {
	b := &bank{}
	b.second = serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/token" && b.refuse != 0:
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(b.refuse)
			_, _ = fmt.Fprintf(w, `{"error":"invalid_client","error_description":"no %s"}`, secret)
		case r.URL.Path == "/token":
			b.given++
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(map[string]any{"access_token": fmt.Sprintf("t%d", b.given), "token_type": "Bearer", "expires_in": 3600})
		case b.stale || r.Header.Get("Authorization") != fmt.Sprintf("Bearer t%d", max(b.given, 1)):
			w.WriteHeader(http.StatusUnauthorized)
		default:
			if b.asked++; b.asked == 2 { // the first token is over in the middle
				b.given++
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			byPage(institutions(25))(w, r)
		}
	})
	return b
}

func TestOAuth2(t *testing.T) {
	config := func(b *bank) Config {
		c := paged(b.URL)
		c.Auth = Auth{Sign: ByOAuth2, User: "gongkai", TokenURL: b.URL + "/token", Scopes: []string{"read"}}
		return c
	}
	t.Run("a token that ends in the middle is replaced once", func(t *testing.T) {
		b := serveTokens(t)
		answer, err := Read(t.Context(), config(b), Secrets{secret}, State{}, inOffice)
		if err != nil || len(answer.Rows) != 25 {
			t.Errorf("got %d rows, %v", len(answer.Rows), err)
		}
	})
	t.Run("a new token that is refused too is a fault", func(t *testing.T) {
		b := serveTokens(t)
		b.stale = true
		answer, err := Read(t.Context(), config(b), Secrets{secret}, State{}, inOffice)
		wants(t, Expired, answer, err)
		if b.given != 2 {
			t.Errorf("%d tokens were asked for", b.given)
		}
	})
	for status, code := range map[int]Code{400: Expired, 401: Expired, 503: Failing} {
		t.Run(fmt.Sprintf("no token, %d", status), func(t *testing.T) {
			b := serveTokens(t)
			b.refuse = status
			answer, err := Read(t.Context(), config(b), Secrets{secret}, State{}, inOffice)
			fault := wants(t, code, answer, err)
			if told := fmt.Sprintf("%+v %v", fault, fault.Cause); strings.Contains(told, secret) {
				t.Errorf("the fault tells the secret: %s", told)
			}
		})
	}
	t.Run("a token stays at home", func(t *testing.T) {
		var got []string
		other := serve(t, func(w http.ResponseWriter, r *http.Request) {
			got = append(got, r.Header.Get("Authorization"))
			if r.URL.Path == "/token" {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(`{"access_token":"t1","token_type":"Bearer"}`))
				return
			}
			text(whole)(w, r)
		})
		home := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer t1" {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			http.Redirect(w, r, other.URL+"/list", http.StatusFound)
		})
		c := paged(home.URL)
		c.Auth = Auth{Sign: ByOAuth2, User: "gongkai", TokenURL: other.URL + "/token"}
		answer, err := Read(t.Context(), c, Secrets{secret}, State{}, inOffice)
		if err != nil || len(answer.Rows) != 1 || len(got) != 2 || got[1] != "" {
			t.Errorf("got %d rows, %v; the other host was told %q", len(answer.Rows), err, got)
		}
	})
}

func TestSecretIsNeverTold(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) {
		write(w, map[string]any{"code": 1, "msg": "bad token " + r.URL.Query().Get("token") + r.Header.Get("X-Key") + r.Header.Get("Authorization")})
	}
	silent := serve(t, echo)
	silent.Close()
	for name, url := range map[string]string{"by what it repeats": serve(t, echo).URL, "by an error of the connection": silent.URL,
		"by an error page": serve(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, "<title>%s</title>", r.URL.Query().Get("token")+r.Header.Get("X-Key")+r.Header.Get("Authorization"))
		}).URL} {
		for _, auth := range []Auth{{Sign: ByQuery, Name: "token"}, {Sign: ByHeader, Name: "X-Key"}, {Sign: ByBasic, User: "gongkai"}} {
			t.Run(name+", "+string(auth.Sign), func(t *testing.T) {
				c := paged(url)
				c.Auth, c.Good = auth, Good{Path: "code", Values: []string{"0"}, Reason: "msg"}
				answer, err := Read(t.Context(), c, Secrets{secret}, State{}, inOffice)
				fault := wants(t, codeOf(err), answer, err)
				trial, _ := Try(t.Context(), c, Secrets{secret}, inOffice)
				told := fmt.Sprintf("%+v %v %#v %+v", fault, errors.Unwrap(err), Secrets{secret}, trial)
				if strings.Contains(told, secret) || strings.Contains(told, "s3cret") || strings.Contains(told, "Z29uZ2thaT") {
					t.Errorf("told: %s", told)
				}
			})
		}
	}
}

// A source may repeat a secret in its rows, and in what it says where that is cut.
func TestALongSecretIsInNoRow(t *testing.T) {
	const long = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
	repeats := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("bad") {
			write(w, map[string]any{"code": 1, "msg": strings.Repeat("错", 90) + r.Header.Get("Authorization")})
			return
		}
		write(w, map[string]any{"code": 0, "data": []any{map[string]any{"name": "第一小学", "address": "晨光路1号 " + r.Header.Get("Authorization")}}})
	})
	c := Config{Kind: JSON, URL: repeats.URL, Rows: "data", Good: Good{Path: "code", Values: []string{"0"}, Reason: "msg"}, Auth: Auth{Sign: ByHeader, Name: "Authorization", Prefix: "Bearer "},
		Fields: map[string]Field{"name": {From: []string{"name"}}, "address": {From: []string{"address"}}}}
	answer, err := Read(t.Context(), c, Secrets{long}, State{}, inOffice)
	if told := fmt.Sprintf("%+v", answer); err != nil || len(answer.Rows) != 1 || strings.Contains(told, long) {
		t.Errorf("%v; read: %s", err, told)
	}
	if trial, err := Try(t.Context(), c, Secrets{long}, inOffice); err != nil || strings.Contains(fmt.Sprintf("%+v", trial), long) {
		t.Errorf("%v; tried: %+v", err, trial)
	}
	for _, one := range []string{long, "s3cret+/=s3cret"} { // the second is short
		c.URL = repeats.URL + "?bad=1"
		if _, err := Read(t.Context(), c, Secrets{one}, State{}, inOffice); codeOf(err) != SaysError || strings.Contains(err.Error(), one[:2]) {
			t.Errorf("%v", err)
		}
	}
}
