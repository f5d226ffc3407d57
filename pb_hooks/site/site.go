// Package site is the anonymous, read-only public web site: pages, feeds, open
// data, files and the page cache in front of them. It sees the database only
// through Reader, knows nobody, sets no cookie and writes nothing.
package site

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v5"

	"gongkai/pb_hooks/throttle"
)

// ErrNotFound is answered for what does not exist or is not public.
var ErrNotFound = errors.New("not found")

// Options is what the site is built from.
type Options struct {
	UI         fs.FS        // the built single-page apps with their Vite manifest
	Reader     Reader       // all of the database that the public may see
	Logger     *slog.Logger // where causes go that visitors must not read
	CacheBytes int64        // bound of the page cache; 0 takes DefaultCacheBytes
	// ClientIP tells who asks, behind a proxy or not. Only limits use it.
	ClientIP func(*http.Request) string
	// Downloaded is told of each time that a visitor takes a file of a form.
	Downloaded func(article string)
	// Dropped is told of what Drop drops; without tags, of Purge.
	Dropped func(tags ...string)
	Now     func() time.Time // the clock; nil takes the machine's
}

// Site is the public site. It is an http.Handler.
type Site struct {
	echo     *echo.Echo
	reader   Reader
	cache    *cache
	pages    map[string]*pageTemplate
	frames   frames
	assets   assets
	searches throttle.Pacer
	asked    throttle.Pacer // requests of open data, by address
	clientIP func(*http.Request) string
	taken    throttle.Pacer // downloads, by address and form
	counted  func(article string)
	dropped  func(tags ...string)
	now      func() time.Time
	log      *slog.Logger
}

// Routes are the addresses of the site, as patterns.
func (s *Site) Routes() []string {
	var list []string
	for _, r := range s.echo.Router().Routes() {
		list = append(list, r.Method+" "+r.Path)
	}
	return list
}

// New builds the site and its routes. It fails when the UI was not built.
func New(o Options) (*Site, error) {
	a, err := readAssets(o.UI)
	if err != nil {
		return nil, err
	}
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	s := &Site{reader: o.Reader, cache: newCache(o.CacheBytes), pages: pages, assets: a, clientIP: o.ClientIP, counted: o.Downloaded, dropped: o.Dropped, now: o.Now, log: o.Logger}
	if s.now == nil {
		s.now = time.Now
	}
	if s.dropped == nil {
		s.dropped = func(...string) {}
	}
	s.echo = echo.NewWithConfig(echo.Config{
		Logger:           o.Logger,
		HTTPErrorHandler: s.showError,
		Router: echo.NewRouter(echo.RouterConfig{
			AutoHandleHEAD:       true, // safe: every handler only reads
			OptionsMethodHandler: openOptions,
		}),
	})
	s.route()
	return s, nil
}

// route is the table of contents of the public site.
func (s *Site) route() {
	e := s.echo
	e.GET("/", s.oldOr(s.html(s.home)))
	e.GET("/schools", s.html(s.schools))
	e.GET("/s/:school", s.html(s.school))
	e.GET("/s/:school/:column", s.html(s.column))
	e.GET("/s/:school/apply", s.html(s.apply))
	e.GET("/s/:school/embed", s.embed)
	e.GET("/s/:school/ask", s.html(s.letter(channelConsultation)))
	e.GET("/s/:school/mailbox", s.html(s.letter(channelMailbox)))
	e.GET("/s/:school/correct", s.html(s.letter(channelErratum)))
	e.GET("/correct", s.html(s.letter(channelErratum)))
	e.GET("/appeal", s.html(s.letter(channelAppeal)))
	e.GET("/track", s.html(s.track))
	e.GET("/opinion", s.html(s.opinion))
	e.GET("/a/:id", s.html(s.article))
	e.GET("/search", s.html(s.search))
	e.GET("/sitemap", s.html(s.sitemap))
	e.GET("/privacy", s.html(s.privacy))
	e.GET("/figures", s.html(s.figures))
	e.GET("/open", s.docs)

	open := func(path string, h echo.HandlerFunc) { e.GET("/open/v1"+path, s.paced(h)) }
	open("/district", s.json(s.home))
	open("/columns", s.json(s.sitemap))
	open("/figures", s.json(s.figures))
	open("/schools", s.json(s.schools))
	open("/schools/:school", s.json(s.school))
	open("/schools/:school/columns/:column", s.json(s.column))
	open("/schools/:school/channels/:channel", s.json(s.channel))
	open("/channels/:channel", s.json(s.channel))
	open("/articles", s.json(openList(s, kindArticles, Reader.Articles)))
	open("/articles/:id", s.json(s.article))
	open("/files", s.json(openList(s, kindFiles, Reader.Files)))
	open("/forms", s.json(openList(s, kindForms, Reader.Forms)))
	open("/questions", s.json(openList(s, kindQuestions, Reader.Questions)))
	open("/answers", s.json(openList(s, kindAnswers, Reader.Answers)))
	open("/standards", s.json(s.standards))
	open("/standards/:version", s.json(s.standardVersion))
	open("/statistics", s.json(s.statistics))
	open("/search", s.json(s.search))
	open("/openapi.json", s.openapi)
	open("/bulk", s.json(s.bulk))
	open("/bulk/:file", s.bulkFile)
	open("/catalog.jsonld", s.catalog)

	e.GET("/feed.xml", s.feed)
	e.GET("/s/:school/feed.xml", s.feed)
	e.GET("/s/:school/:column/feed.xml", s.feed)
	e.GET("/s/:school/calendar.ics", s.calendar)
	e.GET("/sitemap.xml", s.sitemapIndex)
	e.GET("/sitemap-pages.xml", s.sitemapPages)
	e.GET("/s/:school/sitemap.xml", s.sitemapSchool)
	e.GET("/robots.txt", s.robots)

	e.GET("/f/:id/:name", s.file)
	e.GET("/f/:id/thumb.jpg", s.thumb)
	e.GET("/qr/*", s.qr)
	e.GET("/assets/*", s.asset)
	e.GET("/favicon.svg", s.asset)
	e.GET("/elder.js", s.asset)
	e.GET("/workbench", s.workbench)
	e.GET("/workbench/*", s.workbench)
	e.GET("/healthz", s.health)
}

// ServeHTTP answers one request. A finished page has its own path as key: it
// goes out without being routed.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && r.URL.RawQuery == "" {
		if doc, _ := s.cache.get(r.URL.Path); doc != nil {
			if err := doc.write(w, r); err != nil {
				s.log.Debug("visitor left", "error", err)
			}
			return
		}
	}
	s.echo.ServeHTTP(w, r)
}

// Drop forgets every cached page that shows one of these (see ArticleTag and
// its siblings). Call it after the change is committed and before telling the
// person who made it: a page built before the call is not kept.
func (s *Site) Drop(tags ...string) {
	s.cache.drop(tags)
	s.dropped(tags...)
}

// Purge forgets everything that was drawn.
func (s *Site) Purge() {
	s.frames.mu.Lock()
	s.frames.byKind = nil
	s.frames.mu.Unlock()
	s.cache.purge()
	s.dropped()
}
