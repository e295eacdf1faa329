# kabar's texts in English.

## Places and panes
sources = Sources
article = Article
place-all = All articles
place-today = Today
place-starred = Starred
place-topics = Topics
scope-unread = unread
scope-starred = starred
sort-date = newest first
sort-relevance = best first
sort-needs-words = Words to rank by are missing: filter by some (F).
macros-how = Macros: in keys.toml, below [macros], b = ["toggle-star", "browser"] makes , b
or = or
yes = yes
image = image
links = Links
enclosures = Files
edited = edited
reading-time = { $n } min read
also-in = also in { $feeds }
too-small = kabar needs { $room } or more

## Ages
age-now = now
age-minutes = { $n }m
age-hours = { $n }h
age-days = { $n }d
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

## States of the panes
sources-empty = No subscriptions yet.
list-loading = Loading …
list-fetching = Fetching the first articles …
list-no-feeds = No subscriptions yet. Press { $key } to add one.
ranking-cancelled = No longer ranking; the newest come first.
list-ranking = Ranking everything; Ctrl-C stops it.
list-no-match = Nothing matches. { $key } removes the last filter.
list-empty = No articles here. { $key } fetches all feeds.
list-end = That was the last one.
article-none = Choose an article.
article-gone = This article is no longer in the store.
page-teaser = Only a teaser; the whole article can be fetched with a key named below.
page-fetching = Fetching the whole article …
page-fetched = The whole article is here.
no-changes = This article has not been edited since it came.
version-at = Version { $n } · { $at }
page-paywall = The whole article is for subscribers.
page-consent = The page wants consent before it shows the article; open it in the browser.
page-script = The page shows its text by a script only; open it in the browser.
page-no-article = The page has no article.
page-failed = The whole article could not be had: { $detail }
untitled = (no title)
list-failing = { $n } feeds fail. { $feed }: { $reason } Next attempt: { $at }; { $key } asks at once.
nothing-matches = Nothing matches.

## Polls and arrivals
failed-count = { $n } failed
new-articles = { $n ->
    [one] { $n } new article
   *[other] { $n } new articles
}
marked-count = { $n } marked
poll-already = Feeds are being fetched already.
poll-too-soon = Asked less than a minute ago; once more in { $seconds } s.
poll-offline = Offline: no server can be reached. kabar tries again in a few minutes.
poll-cancelled = { $new ->
    [one] Stopped. { $new } new article so far.
   *[other] Stopped. { $new } new articles so far.
}
poll-finished = { $feeds ->
    [one] { $feeds } feed
   *[other] { $feeds } feeds
 }: { $new ->
    [one] { $new } new article
   *[other] { $new } new articles
 }, { $failed } failed.
nothing-to-cancel = Nothing is running.
articles-count = { $n ->
    [one] { $n } article
   *[other] { $n } articles
 }
count-rows = { $n } articles in { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
 }
feed-added = { $n ->
    [one] Subscribed to { $feed }: { $n } article.
   *[other] Subscribed to { $feed }: { $n } articles.
}
feed-known = { $feed } was subscribed already.
feeds-count = { $n ->
    [one] { $n } feed
   *[other] { $n } feeds
}
why-interval = Next attempt { $at }, at the interval that you have set.
why-rhythm = Next attempt { $at }: it is asked as often as it brings something.
why-gap = Next attempt { $at }: articles came and went between two polls, so it is asked oftener for a while.
why-ttl = Next attempt { $at }: the feed asks not to be fetched sooner.
why-fresh = Next attempt { $at }: until then the server calls it fresh.
why-quiet = Next attempt { $at }, after the hours in which the feed wants to rest.
why-backoff = Next attempt { $at }; the pauses grow with each failure.
why-held = Next attempt { $at }: its server refused further requests and is left alone until then.
why-budget = Next attempt { $at }: its server has had as many requests today as your settings allow.
why-offline = Next attempt { $at }: there was no network.
why-gone = kabar does not ask for it again by itself.
gap-offer = Articles came and went here between two polls; asked every { $interval }, it would have brought them.
gap-accepted = { $feed } is asked every { $interval } from now on.
gap-none = Nothing has rolled past this feed.

## Acts
marked-read = { $n } marked as read.
marked-unread = { $n } marked as unread.
marked-starred = { $n } starred.
marked-unstarred = { $n } unstarred.
marked-muted = { $n } muted; is:muted lists them.
marked-unmuted = { $n } unmuted.
tag-added = { $n ->
    [one] #{ $tag } on { $n } article.
   *[other] #{ $tag } on { $n } articles.
}
tag-removed = { $n ->
    [one] #{ $tag } off { $n } article.
   *[other] #{ $tag } off { $n } articles.
}
tag-new = Enter makes this a new tag.
topic-new = Enter follows it as a topic.
topic-followed = Following { $topic }: the library is being looked through.
topic-example = { $topic } has one more example.
topic-unfollowed = { $topic } is followed no longer.
topic-none-here = This article is in none of your topics; they are listed in the source pane.
topic-none = Follow a topic first (f).
topic-empty = Nothing was told of it yet.
topic-first-look = You look at this topic for the first time.
topic-new-since = { $n } new since you last looked ({ $at })
topic-told = { $outlets ->
    [one] { $outlets } outlet
   *[other] { $outlets } outlets
 } · { $languages }
topic-only = only here: { $said }
story-alone = It is in no story with others.
story-mark-two = Mark at least two rows first.
story-merged = One story now; u takes it back.
story-split = A story of its own now; u takes it back.
story-taken-back = The stories are as they were.
stories-once = Each story is listed once.
stories-all = Every article has its own row.
nothing-to-undo = Nothing to undo.
nothing-to-redo = Nothing to redo.
copied = Copied.
nothing-learned = Nothing has been learned about this site yet.
block-count = in { $n } articles
block-kept = kept
block-now-kept = Kept in pages fetched from now on; x fetches this one anew.
block-left-out = Left out of pages fetched from now on; x fetches this one anew.
nothing-to-save = There is nothing to save.
saved = Saved: { $path }
saved-many = { $n ->
    [one] { $n } article saved in { $path }
   *[other] { $n } articles saved in { $path }
}
opened = Opened { $url }
no-link = This article has no link.
no-such-link = There is no link { $n }.
link-fetching = Fetching the page … Esc cancels.
visits-deep = Too many pages deep; Esc goes back.
no-headings = This article has no headings.
no-links = This article has no links.
picture = Picture
no-pictures = This article has no pictures.
found-count = “{ $text }” { $n } of { $count }
nothing-found = Not found.
link-number = Link { $n } … Enter opens it, another digit goes on.
no-unread = Nothing unread is left.
no-unread-above = Nothing unread above.
no-filters = No filters are set.
no-tags-here = This article has no tags.
no-own-tags = None of your own tags are on this article.
no-feed-here = Choose a feed first.
follow-nothing = Only a topic, a tag or an article can be followed.
ask-remove-view = Forget the view { $view }? Its articles stay.
ask-unfollow = { $topic } is followed. Follow it no longer? What it was taught is forgotten; its articles stay.
ask-unsubscribe = Unsubscribe from { $feed }? Starred articles stay, and what you have read is remembered.
source-publisher = publisher
source-user = you
source-feed = feed
source-rule = rule
source-page = page
source-topic = topic
match-all = all of them (Tab)
match-any = any of them (Tab)

## Windows
title-tag-filter = Filter by tag
title-article-tags = Tags of this article
title-follow = Follow as a topic
title-suggest = Told by many today
suggest-told = { $outlets ->
    [one] { $outlets } outlet
   *[other] { $outlets } outlets
 } · { $languages ->
    [one] { $languages } language
   *[other] { $languages } languages
}
suggest-none = No two outlets tell of the same yet.
title-edit-tags = Your tags on this article
title-remove-tag = Take off a tag
title-add-tag = Add a tag
title-palette = Commands
title-rules = Rules
title-rule = A rule for what comes
rule-new = A new rule, for what the list shows …
title-views = Saved views
title-save-view = Save as a view
title-outline = Headings
title-save = Save as
title-boilerplate = Left out of this site
title-welcome = Welcome to kabar
title-feeds = Several feeds there
title-subscribe = Subscribe
title-edit-feed = Edit subscription
title-search = Search all articles
title-filter = Filter the list
title-find = Find in the article
title-import = Import a list
title-why = Why is this here?
title-help = Keys
title-confirm = Sure?
welcome-hello = Tick what you would like to read with Space and press Enter. Everything can be changed later.
welcome-url = Subscribe to an address of your own
welcome-import = Import an OPML or newsboat list
welcome-demo = Look around in the demo
pack-indonesia = Indonesia
pack-world = World
pack-technology = Technology
pack-science = Science
pack-business = Business
pack-sport = Sport
working = One moment …
field-url = Address
field-title = Title
field-folder = Folder
field-tags = Tags
field-tag = Tag
field-interval = Fetch every
field-muted = Muted
field-filter = Words
field-name = Name
field-query = Query
field-key = Key
field-acts = Does
field-command = Command
field-find = Words
field-path = File
url-missing = An address, please.
help-subscribe = A feed, or any page that has one. Tags are separated by commas.
help-search = Words, "a phrase", title:banjir, newer:7d, -tag:olahraga
help-rule = Does: tag NAME, star, read, mute, notify, fulltext, with commas between them. Enter shows what the archive has for it, Enter again saves it.
rule-tried = { $n ->
    [one] { $n } article there now. Enter saves it.
   *[other] { $n } articles there now. Enter saves it.
}
rule-everything = A rule needs a query.
rule-limit = A rule has no limit: leave out limit:
rule-no-act = “{ $act }” is nothing that a rule does: tag NAME, star, read, mute, notify, fulltext
rule-acts-missing = Say what it does, or which command it runs.
rule-saved = { $rule } holds for what comes from now on.
rule-applied = { $n ->
    [one] { $n } article changed.
   *[other] { $n } articles changed.
}
rule-removed = The rule has ended; what it has done stays.
ask-end-rule = End the rule { $rule }? What it has done stays.
ask-apply-rule = { $rule } holds for what comes from now on. Apply it to the { $n ->
    [one] one article
   *[other] { $n } articles
} of the archive, too?
help-save-view = What the query finds becomes a row of the sources. With a key, it is one key away in the list of views.
why-feed = From { $feed }
why-received = Came { $at }
why-published = Published { $at }
why-also = Also in { $feeds }
why-muted = Muted: only is:muted lists it
why-tags = Tags
why-rules = Rules
why-topics = Topics
why-no-topics = no topic is followed yet
why-other-topics = Other topics
why-not-in = does not belong to it
why-said-no = you said that it does not belong to it
why-taught = you said so
taught-yes = #{ $topic }: this article belongs to it.
taught-no = #{ $topic }: this article does not belong to it.
taught-back = #{ $topic }: your answer is taken back.
why-query = its query finds it
why-by-story = its story belongs to it
why-like = like the example “{ $title }”
why-name = tells of { $names }
why-in-title = { $name } (in the title)
why-implied = { $name } (by its people)
why-story = Story
why-story-size = { $n } articles tell of this
why-joined = { $likelihood } likely the same as “{ $title }” ({ $feed })
why-merged = joined by you
why-first = the first to tell of it
why-alone = nobody else tells of it
why-ungrouped = not compared with others yet
why-none = none
why-rule = { $rule }: { $act } ({ $at })
views-none = No views yet. Filter the list, then save it as one.
view-everything = Filter the list first: a view saves the filter.
name-missing = It needs a name.
key-one = A key is one character.
no-notes-yet = There are no notes yet: has:note finds nothing.
help-filter = Words, or tag:Rusia-AS unread newer:7d -tag:olahraga
help-find = Small letters find capitals too; capitals only themselves.
help-import = The path of an OPML file or of newsboat's urls.

## What is wrong with a query
query-error = { $problem } at { $column }
query-error-meant = { $problem } at { $column }, did you mean `{ $value }`?
query-error-fields = { $problem } at { $column }; the fields are { $value }
query-error-one-of = { $problem } at { $column }; it is { $value }
query-error-written = { $problem } at { $column }; write { $value }
query-or = or
query-unknown-field = unknown field `{ $value }:`
query-unknown-state = unknown state `{ $value }`
query-unknown-part = unknown part `{ $value }`
query-unknown-order = unknown order `{ $value }`
query-no-number = `{ $value }` is no number
query-no-length = `{ $value }` is no length
query-no-time = `{ $value }` is no time
query-no-language = `{ $value }` is no language
query-no-value = `{ $value }:` needs a value
query-takes-no-regex = `{ $value }:` takes no regular expression
query-no-near = words near each other are written with quotation marks
query-no-view = there is no saved view `{ $value }`
query-view-of-itself = the saved view `{ $value }` would be part of itself
query-takes-name = `{ $value }:` takes a name, not a number of another reader's
query-no-regex = no regular expression: { $value }
query-large-regex = the regular expression is too large
query-missing = something is missing
query-unopened = unexpected `)`
query-unclosed = `)` is missing
query-unquoted = unclosed quotation mark
query-too-deep = nested too deeply
query-misplaced = `sort:` and `limit:` stand outside parentheses, OR and NOT

## Hints in the bottom line
hint-choose = move
hint-read = read
hint-show = show
hint-tag = tag
hint-tags = tags
hint-topic = follow
hint-unfollow = unfollow
hint-suggest = suggestions
hint-teach-yes = belongs
hint-teach-no = does not
hint-next-topic = next topic
hint-story = its articles
hint-page = timeline
hint-articles = list its articles
hint-split = take out
hint-merge = one story
hint-filter = filter
hint-unfilter = unfilter
hint-next = next
hint-next-unread = next unread
hint-read-on = read on
hint-star = star
hint-toggle-read = read/unread
hint-full-text = whole
hint-browser = browser
hint-copy = copy link
hint-undo = undo
hint-reload = fetch
hint-zoom = zoom
hint-new = show new
hint-help = help
hint-back = back
hint-subscribe = subscribe
hint-edit = edit
hint-sooner = fetch oftener
hint-complete = complete
hint-forget = forget
hint-unsubscribe = unsubscribe
hint-take = choose
hint-keep = keep or leave out
hint-save = save
hint-tick = tick
hint-exclude = exclude
hint-match = all/any
hint-field = field
hint-scroll = scroll
hint-close = close
hint-links = links
hint-end-find = end the search
hint-find = find
hint-previous = previous
hint-follow = read here
hint-yes = yes
hint-no = no

## Faults
fault-store = The store failed: { $detail }
fault-fetch = Could not be fetched: { $detail }
fault-url = Not an address: { $detail }
fault-no-feed = No feed is announced there: { $detail }
fault-view = { $detail }
fault-file = { $detail }
fault-browser = The browser could not be started: { $detail }
failure-unknown-host = The host is unknown. Is the address right, and the network up?
failure-unreachable = The server cannot be reached.
failure-certificate = The certificate is not valid.
failure-timeout = The server did not answer in time.
failure-too-large = The document is too large.
failure-private = The server led to an address in your own network; kabar does not follow that.
failure-redirect = The server sends one around in circles, or away from the web.
failure-forbidden = The server refuses access.
failure-not-found = There is nothing at this address any more.
failure-gone = The publisher has taken the feed down for good.
failure-throttled = The server asked to be left alone for a while.
failure-http = The server reports an error.
failure-encoding = The document is damaged.
failure-not-a-feed = What is there is not a feed.
failure-file = The file cannot be read.
failure-scheme = kabar does not fetch this kind of address.
failure-command = The command that makes the feed has failed.
advice-unknown-host = Check the spelling of the address, and the network.
advice-unreachable = kabar tries again by itself.
advice-certificate = The site has to renew its certificate; check this machine’s clock too.
advice-timeout = kabar tries again by itself.
advice-too-large = Look for a shorter feed of this site.
advice-private = If it is yours, set its own address.
advice-redirect = Find the feed’s new address on its site, and set it.
advice-forbidden = It may want a user and password in its address, or another `user_agent` in the settings.
advice-not-found = Find the feed’s new address on its site, or unsubscribe.
advice-gone = Unsubscribe, or reload it to ask once more.
advice-throttled = Nothing to do: kabar keeps to that by itself.
advice-http = kabar tries again by itself.
advice-encoding = kabar tries again by itself.
advice-not-a-feed = Look at the address in a browser, and set the right one.
advice-file = See that the file is there and may be read.
advice-scheme = Set an http, https or file address.
advice-command = Run the command by hand and see what it says.
title-explain-feed = How this feed fares
explain-failed = Failed attempts in a row: { $n }.
explain-success = Last fetched { $at }.
explain-never = Never fetched so far.
explain-moved = Its server sends it on to { $to } for good. That becomes its address when it has been so on { $needed } days (so far { $days }), with the same articles.
explain-moved-other = Its server sends it on to { $to } for good, but none of its articles have come from there: its address stays until you change it.
explain-moved-clear = Its server sends it on to { $to } for good, but what comes from there is not encrypted: its address stays until you change it.
explain-moved-login = Its server sends it on to { $to } for good, but its login or headers are for the site that it is on: its address stays until you change it.
explain-traffic = { $requests ->
    [0] In 30 days: no request.
    [one] In 30 days: 1 request, { $share } % of them answered with “unchanged”; { $size } received.
   *[other] In 30 days: { $requests } requests, { $share } % of them answered with “unchanged”; { $size } received.
}

## Where keys hold
context-panes = Everywhere
context-sources = In the sources
context-headlines = In the headlines
context-article = In the article
context-find = While something is looked for
context-popup = In windows
context-tags = In the tag filter
context-links = In the list of links
context-why = In why it is here
context-prompt = In lines of input

## Commands
cmd-move-down = Down
cmd-move-up = Up
cmd-move-page-down = A page down
cmd-move-page-up = A page up
cmd-move-half-down = Half a page down
cmd-move-half-up = Half a page up
cmd-move-first = To the beginning
cmd-move-last = To the end
cmd-pane-left = To the pane on the left
cmd-pane-right = To the pane on the right
cmd-pane-next = To the next pane
cmd-pane-previous = To the previous pane
cmd-open = Open what is selected
cmd-back = Step back; at the top level, quit
cmd-quit = Quit now
cmd-read-on = Read on: page down, then the next unread
cmd-page-back = Scroll the article back
cmd-unread-next = Next unread article
cmd-unread-previous = Previous unread article
cmd-article-next = Next article
cmd-article-previous = Previous article
cmd-show-new = Show what has arrived
cmd-tag-filter = Filter by tag
cmd-article-tags = This article's tags
cmd-follow = Follow as a topic, or no longer
cmd-suggest-topics = What many tell of today, to follow it
cmd-topic-page = A topic over time
cmd-split-story = Take the article out of its story
cmd-merge-stories = Make the marked articles one story
cmd-toggle-stories = Each story once, or every article
cmd-teach-yes = The article belongs to the topic
cmd-teach-no = The article does not belong to it
cmd-next-topic = Next topic
cmd-filter-tag = Filter by the tag
cmd-search = Search all articles
cmd-views = Go to a saved view
cmd-rules = Show the rules; make one of what the list shows, or change one
cmd-save-view = Save what the list shows as a view
cmd-filter = Filter by words or a query
cmd-clear-filters = Remove all filters
cmd-scope-all = All articles
cmd-scope-unread = Unread articles
cmd-scope-starred = Starred articles
cmd-sort-other = The best first, or the newest
cmd-sort-date = The newest first
cmd-sort-relevance = What says it best first
cmd-toggle-read = Mark as read or unread
cmd-toggle-star = Star or unstar
cmd-toggle-mute = Mute or unmute
cmd-why = Why the article is here
cmd-read-feed = Mark this feed as read
cmd-read-listed = Mark all listed articles as read
cmd-mark = Mark the row for the next act
cmd-edit-tags = Your tags on this article
cmd-add-tag = Add a tag to this article
cmd-remove-tag = Take one of your tags off
cmd-undo = Undo
cmd-redo = Do again
cmd-browser = Open in the browser
cmd-browser-read = Open in the browser, mark as read
cmd-shift-left = Move wide code left
cmd-shift-right = Move wide code right
cmd-full-text = Fetch the whole article
cmd-changes = Show what has changed
cmd-link-copy = Copy the link's address
cmd-link-browser = Open the link in the browser
cmd-outline = Headings of the article
cmd-links = Links of the article
cmd-pictures = Pictures of the article
cmd-match-previous = Previous match
cmd-match-next = Next match
cmd-find = Find in the article
cmd-open-link = Open link
cmd-boilerplate = Show what is left out of this site
cmd-save = Save to a file
cmd-save-as-markdown = Save as Markdown
cmd-save-as-text = Save as plain text
cmd-save-as-html = Save as HTML
cmd-save-as-epub = Save as EPUB, for e-book readers
cmd-save-as-jsonfeed = Save as JSON Feed
cmd-copy-link = Copy the link
cmd-copy-title = Copy title and link
cmd-reload = Fetch this feed
cmd-reload-all = Fetch all feeds
cmd-cancel = Stop what is running
cmd-subscribe = Subscribe to a feed
cmd-packs = Choose starter packs
cmd-edit-feed = Edit this subscription
cmd-sooner = Fetch this feed as often as it needs
cmd-explain-feed = How this feed fares
cmd-unsubscribe = Unsubscribe
cmd-zoom = Read in one centred column
cmd-split-shrink = Smaller list
cmd-split-grow = Larger list
cmd-rotate = Article beside or below the list
cmd-compact = One or two lines a headline
cmd-run = Run
cmd-macros = How to have macros
cmd-palette = Find a command
cmd-help = Show the keys
cmd-redraw = Draw the screen anew
cmd-choose-down = Down
cmd-choose-up = Up
cmd-choose-page-down = A page down
cmd-choose-page-up = A page up
cmd-choose-half-down = Half a page down
cmd-choose-half-up = Half a page up
cmd-choose-first = To the beginning
cmd-choose-last = To the end
cmd-accept = Take the selection
cmd-dismiss = Close the window
cmd-complete = Take the suggestion, or go to the next line
cmd-tick = Tick and stay
cmd-exclude = Leave out articles with this tag
cmd-switch-match = All of the tags, or any
