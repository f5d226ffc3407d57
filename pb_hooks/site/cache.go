package site

import (
	"container/list"
	"sync"
)

// DefaultCacheBytes bounds the page cache where nothing else is said.
const DefaultCacheBytes = 40 << 20

// DistrictTag names lists over all schools. Tags name what a page shows, so
// that a change drops exactly those pages.
const DistrictTag = "district"

// ComparedTag names what says when the list of schools was last compared with the
// register, which it is every night.
const ComparedTag = "compared"

// ArticleTag names one article, as the subject of a page or as a neighbour on it.
func ArticleTag(id string) string { return "article:" + id }

// SchoolTag names the lists of one school.
func SchoolTag(code string) string { return "school:" + code }

// ColumnTag names the lists of one column of one school.
func ColumnTag(school, column string) string { return "column:" + school + "/" + column }

// cache holds finished documents, least recently used out first. Keeping our
// own 90 lines over a library is deliberate: tags, the byte bound and the
// epoch have to change under one lock, or a page rendered before a commit
// could be stored after it.
type cache struct {
	mu    sync.Mutex
	max   int64
	size  int64
	epoch uint64 // counts drops; see put
	items map[string]*list.Element
	order *list.List // front is the most recently used
	tags  map[string]map[string]bool
}

type cacheItem struct {
	key string
	doc *document
}

func newCache(max int64) *cache {
	if max == 0 {
		max = DefaultCacheBytes
	}
	c := &cache{max: max}
	c.purge()
	return c
}

// get returns the document and, for a later put, the epoch it was asked in.
func (c *cache) get(key string) (*document, uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	el := c.items[key]
	if el == nil {
		return nil, c.epoch
	}
	c.order.MoveToFront(el)
	return el.Value.(*cacheItem).doc, c.epoch
}

// put stores a document unless something was dropped since epoch: the document
// may have been read before that change.
func (c *cache) put(key string, d *document, epoch uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if epoch != c.epoch || d.weight() > c.max/8 {
		return
	}
	c.remove(c.items[key])
	c.items[key] = c.order.PushFront(&cacheItem{key, d})
	c.size += d.weight()
	for _, t := range d.tags {
		if c.tags[t] == nil {
			c.tags[t] = map[string]bool{}
		}
		c.tags[t][key] = true
	}
	for c.size > c.max {
		c.remove(c.order.Back())
	}
}

func (c *cache) drop(tags []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	for _, t := range tags {
		for key := range c.tags[t] {
			c.remove(c.items[key])
		}
	}
}

func (c *cache) purge() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	c.size = 0
	c.items = map[string]*list.Element{}
	c.order = list.New()
	c.tags = map[string]map[string]bool{}
}

func (c *cache) remove(el *list.Element) {
	if el == nil {
		return
	}
	it := c.order.Remove(el).(*cacheItem)
	delete(c.items, it.key)
	c.size -= it.doc.weight()
	for _, t := range it.doc.tags {
		if delete(c.tags[t], it.key); len(c.tags[t]) == 0 {
			delete(c.tags, t)
		}
	}
}
