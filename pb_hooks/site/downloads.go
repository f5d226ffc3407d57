package site

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"gongkai/pb_hooks/throttle"
)

// Moved is what a Reader answers for a file that is no longer offered: its
// article's page says what became of it.
type Moved struct{ Article, File string }

// Error is for the log.
func (m Moved) Error() string { return "the file of article " + m.Article + " is no longer offered" }

func (m Moved) path() string { return "/a/" + m.Article + "?file=" + url.QueryEscape(m.File) }

// takePace is how often an address counts for one form: a school's whole staff
// may sit behind one, and nobody raises a figure by holding a key down.
var takePace = throttle.Pace{Count: 30, Per: time.Hour, AtOnce: 10}

// countDownload counts a form that is taken. Looking at a PDF in the page is no
// download, nor is a robot's visit or the second half of a broken transfer.
func (s *Site) countDownload(r *http.Request, f File) {
	if f.Form == "" || f.Inline || s.counted == nil || !takes(r) {
		return
	}
	if s.taken.Take(throttle.Network(s.clientIP(r))+"|"+f.Form, takePace, s.now()) == 0 {
		s.counted(f.Form)
	}
}

// takes reports whether a request is a person's for the whole file.
func takes(r *http.Request) bool {
	h := r.Header
	part := h.Get("Range")
	return r.Method == http.MethodGet && h.Get("If-None-Match") == "" && h.Get("If-Modified-Since") == "" &&
		(part == "" || strings.HasPrefix(part, "bytes=0-")) && !strings.Contains(h.Get("Sec-Purpose"), "prefetch") && !isRobot(h.Get("User-Agent"))
}

// robots are words in the names that programs give themselves.
var robots = []string{"bot", "spider", "crawl", "slurp", "curl", "wget", "python", "java/", "okhttp", "go-http-client", "scrapy", "httpclient", "monitor"}

// isRobot reports whether a User-Agent is that of a program without a reader.
func isRobot(agent string) bool {
	agent = strings.ToLower(agent)
	for _, word := range robots {
		if strings.Contains(agent, word) {
			return true
		}
	}
	return agent == ""
}
