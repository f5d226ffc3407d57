package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }
}

// cutAt sends the beginning of an answer and closes the connection, as if that were all.
func cutAt(body string, bytes int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n%s", body[:bytes])
	}
}

const whole = `{"code":0,"data":{"list":[{"jgid":1,"xxmc":"甲学校","xd":"11"}],"total":1}}`

func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		name     string
		code     Code
		says     string
		requests int
		answer   http.HandlerFunc
	}{
		{"it always fails", Failing, "HTTP 500", 3, status(500)},
		{"it is being repaired", Failing, "HTTP 502", 3, status(502)},
		{"it asks to come later", Busy, "HTTP 429", 3, status(429)},
		{"it asks to come much later", Busy, "HTTP 503", 1, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))
			w.WriteHeader(503)
		}},
		{"it never answers", TimedOut, "没有在", 3, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
		{"it answers drop by drop", TimedOut, "没有在", 3, func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = w.Write([]byte(" "))
				w.(http.Flusher).Flush()
				time.Sleep(5 * time.Millisecond)
			}
		}},
		{"it hangs up", Silent, "没有响应", 3, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{"it sends half of what it promised", Cut, "中途断了", 3, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "4000")
			_, _ = w.Write([]byte(whole))
		}},
		{"it sends half, and promised nothing", Unreadable, "不完整", 3, cutAt(whole, 50)},
		{"it asks who we are", NoEntry, "HTTP 401", 1, status(401)},
		{"it keeps us out", Forbidden, "白名单", 1, status(403)},
		{"it has moved away", Missing, "HTTP 404", 1, status(404)},
		{"it sends nothing", Refused, "HTTP 204", 1, status(204)},
		{"it says not modified unasked", Refused, "HTTP 304", 1, status(304)},
		{"it shows a page to sign in on", NotJSON, "“统一身份认证”", 1, text("\ufeff\n<!doctype html><title>统一身份认证</title><form>")},
		{"it says in the answer that it failed", SaysError, "“登录已过期”", 1, text(`{"code":401,"msg":"登录已过期"}`)},
		{"it has no list where it was", NoRows, "data.list", 1, text(`{"code":0,"data":{"rows":[]}}`)},
		{"its list is an object", NoRows, "data.list", 1, text(`{"code":0,"data":{"list":{"a":1}}}`)},
		{"it has renamed the name", Nameless, "格式可能已经改变", 1, text(strings.Replace(whole, "xxmc", "name", 1))},
		{"it has words nobody knows", Unusable, "学段：“31”不在对照表里", 1, text(strings.Replace(whole, `"11"`, `"31"`, 1))},
		{"its data lie in one another without end", BadShape, "嵌套太深", 1, text(strings.Repeat("[", 1<<20-1))},
		{"its list has more rows than any district", TooMany, "30 行", 1, text(`{"code":0,"data":{"list":[` + strings.Repeat(`{"xxmc":"甲"},`, 40) + `1]}}`)},
		{"it leads in a circle", Loop, "反复跳转", 6, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) }},
		{"it leads to a file", Strayed, "打不开的地址", 1, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		}},
		{"it leads to the keys of a cloud", Private, "内部地址", 1, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
		}},
		{"it sends without end", TooLarge, "超过 1 MB", 1, func(w http.ResponseWriter, r *http.Request) {
			for line := bytes.Repeat([]byte("x"), 1<<16); r.Context().Err() == nil; {
				if _, err := w.Write(line); err != nil {
					return
				}
			}
		}},
		{"it announces too much", TooLarge, "超过 1 MB", 1, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "999999999") }},
		{"it sends a little that unpacks to much", TooLarge, "超过 1 MB", 1, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			bomb := gzip.NewWriter(w)
			defer bomb.Close()
			for zeros := make([]byte, 1<<16); ; {
				if _, err := bomb.Write(zeros); err != nil {
					return
				}
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, tt.answer)
			c := paged(server.URL + "/list")
			c.Good = Good{Path: "code", Values: []string{"0"}, Reason: "msg"}
			l := inOffice
			l.PageBytes, l.Rows = 1<<20, 30
			l.Wait = 150 * time.Millisecond
			if tt.code == TooLarge {
				l.Wait = 20 * time.Second // however slow the machine is today
			}
			answer, err := Read(t.Context(), c, Secrets{}, State{}, l)
			fault := wants(t, tt.code, answer, err)
			if !strings.Contains(fault.Sentence, tt.says) {
				t.Errorf("it says %q, want %q in it", fault.Sentence, tt.says)
			}
			if n := len(server.requests()); n != tt.requests {
				t.Errorf("it was asked %d times, want %d", n, tt.requests)
			}
		})
	}
}

func TestRecovery(t *testing.T) {
	for _, tt := range []struct {
		name string
		bad  http.HandlerFunc
	}{
		{"after two failures", status(500)},
		{"after it hung up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{"after half an answer", cutAt(whole, 40)},
		{"after it asked to come a moment later", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(429)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if asked.Add(1) < 3 && tt.name != "after it asked to come a moment later" || asked.Load() == 1 {
					tt.bad(w, r)
					return
				}
				text(whole)(w, r)
			})
			began := time.Now()
			answer := mustRead(t, paged(server.URL), State{}, inOffice)
			if len(answer.Rows) != 1 {
				t.Errorf("got %d rows", len(answer.Rows))
			}
			if took := time.Since(began); strings.Contains(tt.name, "moment") && took < time.Second {
				t.Errorf("it was asked again after %s", took)
			}
		})
	}
}

func TestFaultInTheMiddleTellsNothing(t *testing.T) {
	list := institutions(25)
	for name, third := range map[string]http.HandlerFunc{
		"a failure":          status(500),
		"half an answer":     cutAt(whole, 40),
		"a page to sign in":  text("<title>登录</title>"),
		"an answer of error": text(`{"code":500}`),
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if number(r, "page") == 3 {
					third(w, r)
					return
				}
				byPage(list)(w, r)
			})
			answer, err := Read(t.Context(), paged(server.URL), Secrets{}, State{}, inOffice)
			wants(t, codeOf(err), answer, err)
		})
	}
}

func TestKilledInTheMiddle(t *testing.T) {
	ctx, kill := context.WithCancel(t.Context())
	list := institutions(25)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if number(r, "page") == 2 {
			kill()
			<-r.Context().Done()
			return
		}
		byPage(list)(w, r)
	})
	answer, err := Read(ctx, paged(server.URL), Secrets{}, State{}, inOffice)
	wants(t, Cancelled, answer, err)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the cause is %v", errors.Unwrap(err))
	}
}

func TestLongest(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(20 * time.Millisecond)
		write(w, pageOf([]institution{{ID: number(r, "page"), Name: "甲", Stage: "11"}}, 0, 1))
	})
	c := paged(server.URL)
	c.Paging.Total = ""
	l := inOffice
	l.Longest = 100 * time.Millisecond
	answer, err := Read(t.Context(), c, Secrets{}, State{}, l)
	wants(t, TimedOut, answer, err)
}

func TestTenTimesTheSize(t *testing.T) {
	server := serve(t, byPage(institutions(250)))
	l := inOffice
	l.Rows = 25
	answer, err := Read(t.Context(), paged(server.URL), Secrets{}, State{}, l)
	wants(t, TooMany, answer, err)
	l = inOffice
	l.TotalBytes = 3000
	answer, err = Read(t.Context(), paged(server.URL), Secrets{}, State{}, l)
	wants(t, TooLarge, answer, err)
}

func TestCharset(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(strings.ReplaceAll(whole, "甲", "㐂镕"))
	if err != nil {
		t.Fatal(err)
	}
	utf16 := "\xff\xfe"
	for _, r := range whole {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	for name, tt := range map[string]struct{ body, want string }{
		"GB18030 declared as UTF-8": {gb, "㐂镕学校"},
		"UTF-8 with a mark":         {"\ufeff" + whole, "甲学校"},
		"UTF-16":                    {utf16, "甲学校"},
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json; charset=utf-8")
				text(tt.body)(w, r)
			})
			if got := mustRead(t, paged(server.URL), State{}, inOffice).Rows[0].School.Name; got != tt.want {
				t.Errorf("got %q", got)
			}
		})
	}
	t.Run("a character cut in two is a problem of its row", func(t *testing.T) {
		body := `{"data":{"list":[{"jgid":1,"xxmc":"甲` + "\xe5\xad" + `","xd":"11"},{"jgid":2,"xxmc":"上海市闵行区乙学校","xd":"11"}],"total":2}}`
		rows := mustRead(t, paged(serve(t, text(body)).URL), State{}, inOffice).Rows
		if len(rows) != 2 || len(rows[0].Problems) != 1 || !strings.Contains(rows[0].Problems[0].Reason, "损坏的字") || len(rows[1].Problems) > 0 {
			t.Errorf("got %+v", rows)
		}
	})
}
