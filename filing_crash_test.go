package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/pb_hooks/altcha"
)

// filingCrash is a server that is killed at random while people apply and write
// letters, and the receipts that they were shown.
type filingCrash struct {
	crash
	proof    []byte
	receipts map[int]filingReceipt // by form
	// how often a form was sent, and how often nobody answered
	sent, lost int
}

type filingReceipt struct{ Number, Code string }

// filed is what a form becomes: every other one is a letter, the others applications.
type filed struct{ door, typed, papers, table, series, track string }

var (
	applied = filed{"/api/app/schools/9999990001/requests", "application", "proofs", "foi_requests", "SQ", "/api/app/track"}
	written = filed{"/api/app/units/9999990001/letters", "letter", "papers", "inquiries", "LX", "/api/app/letters/track"}
)

func kindOf(form int) filed { return []filed{applied, written}[form%2] }

// The server is killed at random while 250 applications and as many letters are filed
// by clients that send again what got no answer. Every receipt that was shown is true,
// no form is two cases, the numbers have no gap.
func TestReceiptsSurviveKillsAtRandom(t *testing.T) {
	b := buildBinary(t)
	b.demo()
	b.serve()
	c := &filingCrash{crash: crash{binary: b, tokens: map[string]string{}}, receipts: map[int]filingReceipt{}, proof: smallPicture(t)}
	c.trustTheProxy()
	before := map[filed]int{applied: len(c.numbers(applied)), written: len(c.numbers(written))}
	const forms, clients, kills = 500, 16, 15
	began := time.Now()
	done := make(chan struct{})
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() {
			for form := client; form < forms; form += clients {
				c.file(form)
			}
		})
	}
	go func() { all.Wait(); close(done) }()
	for kill := range kills {
		c.killAfter(forms*kill/kills+rand.N(forms/kills), done)
	}
	<-done
	for _, kind := range []filed{applied, written} {
		c.judgeNumbers(kind, before[kind], forms/2)
	}
	c.judgeReceipts(forms)
	if said := c.run("audit", "verify"); !strings.Contains(said, "前后衔接") {
		t.Errorf("the audit: %s", said)
	}
	t.Logf("%d receipts were shown by a server that was killed %d times, the forms sent %d times, in %.0f seconds; %d answers were lost",
		len(c.receipts), kills, c.sent, time.Since(began).Seconds(), c.lost)
}

// killAfter kills the server once that many receipts were shown, at any moment of the
// filings then under way, and starts it again.
func (c *filingCrash) killAfter(receipts int, done <-chan struct{}) {
	c.t.Helper()
	for c.shown() < receipts {
		select {
		case <-done:
			c.t.Fatalf("only %d receipts were shown", c.shown())
		case <-time.After(time.Millisecond):
		}
	}
	time.Sleep(rand.N(30 * time.Millisecond))
	c.kill()
	c.serve()
}

func (c *filingCrash) shown() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.receipts)
}

// trustTheProxy lets every applicant come from an address of their own.
func (c *filingCrash) trustTheProxy() {
	c.t.Helper()
	status, body := c.ask(http.MethodPost, "/api/collections/_superusers/auth-with-password", "", map[string]string{"identity": "it@demo.example", "password": "Demo-2026-gongkai"})
	if status != http.StatusOK {
		c.t.Fatalf("sign in: %d %s", status, body)
	}
	status, body = c.ask(http.MethodPatch, "/api/settings", value(c.t, body, "token"),
		map[string]any{"trustedProxy": map[string]any{"headers": []string{"X-Real-IP"}}, "rateLimits": map[string]any{"enabled": false}})
	if status != http.StatusOK {
		c.t.Fatalf("trust the proxy: %d %s", status, body)
	}
}

// from asks as the applicant of a form; an error means that nobody answered.
func (c *filingCrash) from(form int, method, path, kind string, body []byte) (int, string, error) {
	req, err := http.NewRequest(method, c.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("X-Real-IP", fmt.Sprintf("10.0.%d.%d", form/200, form%200+1))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), err
}

// file sends a form until somebody answers, and then once more.
func (c *filingCrash) file(form int) {
	proof, ok := c.solved(form)
	if !ok {
		return
	}
	body, kind := c.form(form, proof)
	for answers := 0; answers < 2; {
		status, text, err := c.from(form, http.MethodPost, kindOf(form).door, kind, body)
		c.mu.Lock()
		c.sent++
		if err != nil {
			c.lost++
		}
		c.mu.Unlock()
		if err != nil {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		var receipt filingReceipt
		if err := json.Unmarshal([]byte(text), &receipt); err != nil || status != http.StatusOK {
			c.t.Errorf("form %d: %d %s", form, status, text)
			return
		}
		c.mu.Lock()
		if shown, again := c.receipts[form]; again && shown != receipt {
			c.t.Errorf("form %d was shown %v and then %v", form, shown, receipt)
		}
		c.receipts[form] = receipt
		c.mu.Unlock()
		answers++
	}
}

func (c *filingCrash) solved(form int) (string, bool) {
	for {
		status, text, err := c.from(form, http.MethodGet, "/api/app/challenge", "", nil)
		if err != nil {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		var challenge altcha.Challenge
		err = json.Unmarshal([]byte(text), &challenge)
		if err != nil || status != http.StatusOK {
			c.t.Errorf("challenge: %d %s", status, text)
			return "", false
		}
		solved, err := altcha.Solve(challenge)
		if err != nil {
			c.t.Error(err)
		}
		return solved, err == nil
	}
}

func (c *filingCrash) form(form int, proof string) ([]byte, string) {
	title := fmt.Sprintf("断电演练 %d", form)
	filledIn := map[string]any{"class": "person", "name": "张三丰", "id_kind": "passport", "id_number": "E12345678", "address": "示范区晨光路 8 号",
		"phone": fmt.Sprintf("139%08d", form), "email": fmt.Sprintf("p%d@example.cn", form), "subject": title, "forms": []string{"paper"},
		"ways": []string{"by_post"}, "promised": true}
	if kindOf(form) == written {
		filledIn = map[string]any{"channel": "mailbox", "category": "suggestion", "capacity": "parent", "name": "张三丰", "contact": fmt.Sprintf("p%d@example.cn", form),
			"fields": map[string]string{"title": title, "text": "建议多做" + title}}
	}
	filledIn["resend"], filledIn["proof"] = fmt.Sprintf("crash-test-form-%04d", form), proof
	raw, err := json.Marshal(filledIn)
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err == nil {
		err = w.WriteField(kindOf(form).typed, string(raw))
	}
	var part io.Writer
	if err == nil {
		part, err = w.CreateFormFile(kindOf(form).papers, "证件.png")
	}
	if err == nil {
		_, err = part.Write(c.proof)
	}
	if err != nil || w.Close() != nil {
		c.t.Error(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

func smallPicture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// numbers are the numbers of all that was filed of a kind, in their order.
func (c *filingCrash) numbers(kind filed) (list []string) {
	c.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(c.dir, "data.db"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT number FROM " + kind.table + " WHERE number LIKE '" + kind.series + "2%' ORDER BY number")
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var number string
		if err := rows.Scan(&number); err != nil {
			c.t.Fatal(err)
		}
		list = append(list, number)
	}
	return list
}

// judgeNumbers looks for gaps in what was filed of a kind.
func (c *filingCrash) judgeNumbers(kind filed, before, forms int) {
	c.t.Helper()
	after := c.numbers(kind)
	if len(after) != before+forms {
		c.t.Fatalf("%s: %d cases, and %d before", kind.table, len(after), before)
	}
	first := 0
	for i, number := range after[before:] {
		var year, n int
		if _, err := fmt.Sscanf(number, kind.series+"%4d-%d", &year, &n); err != nil {
			c.t.Fatalf("%s: %v", number, err)
		}
		if i == 0 {
			first = n
		}
		if n != first+i {
			c.t.Errorf("%s stands where %d should", number, first+i)
		}
	}
}

// judgeReceipts opens every case with its receipt after the last start.
func (c *filingCrash) judgeReceipts(forms int) {
	c.t.Helper()
	if len(c.receipts) != forms {
		c.t.Errorf("%d receipts", len(c.receipts))
	}
	seen := map[string]bool{}
	for form, receipt := range c.receipts {
		if seen[receipt.Number] {
			c.t.Errorf("%s was shown to two", receipt.Number)
		}
		seen[receipt.Number] = true
		raw, err := json.Marshal(map[string]string{"number": receipt.Number, "code": receipt.Code})
		if err != nil {
			c.t.Fatal(err)
		}
		status, text, err := c.from(form, http.MethodPost, kindOf(form).track, "application/json", raw)
		if err != nil || status != http.StatusOK || !strings.Contains(text, fmt.Sprintf(`"断电演练 %d"`, form)) {
			c.t.Errorf("the receipt of form %d: %d %s %v", form, status, text, err)
		}
	}
}
