package pb_hooks_test

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/pocketbase/pocketbase/core"
)

// sinkMail is a mail as a real SMTP server received it.
type sinkMail struct{ to, subject, text, raw string }

// mailSink is a real SMTP server that keeps what it is sent.
type mailSink struct {
	mu    sync.Mutex
	mails []sinkMail
}

// mailSink starts an SMTP server, and makes the appliance send through it for
// real: the test app would otherwise keep its mails to itself.
func (s *server) mailSink() *mailSink {
	s.t.Helper()
	sink := &mailSink{}
	port := s.smtp(func(*smtp.Conn) (smtp.Session, error) { return &sinkSession{sink: sink}, nil })
	s.app.OnMailerSend().UnbindAll()
	s.changeSettings(func(settings *core.Settings) {
		settings.SMTP.Enabled, settings.SMTP.Host, settings.SMTP.Port = true, "127.0.0.1", port
		settings.Meta.SenderAddress, settings.Meta.AppURL = "platform@x.cn", s.url
	})
	return sink
}

// smtp starts a real SMTP server and returns its port.
func (s *server) smtp(backend smtp.BackendFunc) int {
	s.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	srv := smtp.NewServer(backend)
	srv.Domain = "localhost"
	go srv.Serve(listener)
	s.t.Cleanup(func() { srv.Close() })
	return listener.Addr().(*net.TCPAddr).Port
}

// changeSettings saves a changed copy, as the dashboard does.
func (s *server) changeSettings(change func(*core.Settings)) {
	s.t.Helper()
	settings, err := s.app.Settings().Clone()
	if err == nil {
		change(settings)
		err = s.app.Save(settings)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

type sinkSession struct {
	sink *mailSink
	to   string
}

func (c *sinkSession) Reset()                                    {}
func (c *sinkSession) Logout() error                             { return nil }
func (c *sinkSession) Mail(string, *smtp.MailOptions) error      { return nil }
func (c *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error { c.to = to; return nil }

func (c *sinkSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return err
	}
	text, err := plainPart(m.Header.Get("Content-Type"), m.Body)
	if err != nil {
		return err
	}
	c.sink.mu.Lock()
	defer c.sink.mu.Unlock()
	c.sink.mails = append(c.sink.mails, sinkMail{c.to, subject, text, string(raw)})
	return nil
}

// plainPart is the text of a mail, for those who read no HTML.
func plainPart(contentType string, body io.Reader) (string, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.HasPrefix(kind, "multipart/") {
		raw, readErr := io.ReadAll(quotedprintable.NewReader(body))
		if err == nil {
			err = readErr
		}
		return string(raw), err
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextPart() // decodes quoted-printable itself
		if err != nil {
			return "", err
		}
		inner := part.Header.Get("Content-Type")
		if strings.HasPrefix(inner, "text/plain") || strings.HasPrefix(inner, "multipart/") {
			return plainPart2(inner, part)
		}
	}
}

func plainPart2(contentType string, part *multipart.Part) (string, error) {
	if strings.HasPrefix(contentType, "multipart/") {
		return plainPart(contentType, part)
	}
	raw, err := io.ReadAll(part)
	return string(raw), err
}

// next waits for the next mail to somebody and takes it out.
func (m *mailSink) next(t testing.TB, to string) sinkMail {
	t.Helper()
	for range 200 {
		if mail, ok := m.take(to); ok {
			return mail
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("no mail to %s came", to)
	return sinkMail{}
}

func (m *mailSink) take(to string) (sinkMail, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, mail := range m.mails {
		if mail.to == to {
			m.mails = append(m.mails[:i], m.mails[i+1:]...)
			return mail, true
		}
	}
	return sinkMail{}, false
}

func (m *mailSink) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.mails)
}

var (
	tokenInMail = regexp.MustCompile(`/workbench/set-password\?token=([\w.-]+)`)
	codeInMail  = regexp.MustCompile(`验证码[^0-9]*([0-9]{6})`)
)

func found(t testing.TB, in string, what *regexp.Regexp) string {
	t.Helper()
	m := what.FindStringSubmatch(in)
	if m == nil {
		t.Fatalf("%v is not in: %s", what, in)
	}
	return m[1]
}
