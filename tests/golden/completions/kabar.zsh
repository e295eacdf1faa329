#compdef kabar

autoload -U is-at-least

_kabar() {
    typeset -A opt_args
    typeset -a _arguments_options
    local ret=1

    if is-at-least 5.2; then
        _arguments_options=(-s -S -C)
    else
        _arguments_options=(-s -C)
    fi

    local context curcontext="$curcontext" state line
    _arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'-V[Print version]' \
'--version[Print version]' \
":: :_kabar_commands" \
"*::: :->kabar" \
&& ret=0
    case $state in
    (kabar)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
'--title=[Your own name for the feed]:TITLE:_default' \
'--folder=[The folder to put it in]:FOLDER:_default' \
'*--tag=[A tag for all of its articles; may be given several times]:TAG:_default' \
'--filter=[A command that the document passes before it is read as a feed]:CMD:_default' \
'*--header=[A header for the feed'\''s own site, as '\''Name\: value'\'', in place of those it has; may be given several times, once empty for none]:HEADER:_default' \
'--login=[User name and password for the feed'\''s own site; empty for none]:USER:PASSWORD:_default' \
'--user-agent=[How kabar names itself to this server; empty for what the settings say]:TEXT:_default' \
'--proxy=[The proxy for this feed, as a URL; empty for what the settings say]:URL:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::urls -- A feed, a web page that has one, a file, or `exec\:COMMAND` for what a command prints; of several feeds the best is taken and the others are listed:_default' \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::feeds -- Id, URL or a part of the title. Starred articles stay:_default' \
&& ret=0
;;
(feeds)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(edit)
_arguments "${_arguments_options[@]}" : \
'--url=[Where the feed is now]:URL:_default' \
'--title=[Your own name for it; empty for the publisher'\''s]:TITLE:_default' \
'--folder=[The folder to put it in; empty for none]:FOLDER:_default' \
'*--tag=[A tag for all of its articles, in place of those it has; may be given several times, once empty for none]:TAG:_default' \
'--interval=[Time between two polls, at least 5m\: 15m, 1h, 2d; empty for the one in the settings]:TIME:_default' \
'--fulltext=[Fetch the whole page of every new article]::SWITCH:(on off)' \
'--mute=[Show nothing of it outside its own list]::SWITCH:(on off)' \
'--filter=[A command that the document passes before it is read as a feed; empty for none]:CMD:_default' \
'*--header=[A header for the feed'\''s own site, as '\''Name\: value'\'', in place of those it has; may be given several times, once empty for none]:HEADER:_default' \
'--login=[User name and password for the feed'\''s own site; empty for none]:USER:PASSWORD:_default' \
'--user-agent=[How kabar names itself to this server; empty for what the settings say]:TEXT:_default' \
'--proxy=[The proxy for this feed, as a URL; empty for what the settings say]:URL:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':feed -- Id, URL or a part of the title:_default' \
&& ret=0
;;
(import)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--fetch[Fetch the feeds that are new]' \
'--allow-exec[Take over the commands of the list, too\: \`exec\:\` sources and filters]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- An OPML document or newsboat'\''s `urls`; `-` for standard input:_files' \
&& ret=0
;;
(export)
_arguments "${_arguments_options[@]}" : \
'--format=[opml, json and newsboat are lists of subscriptions, whose addresses keep the passwords in them; the others are for articles \[default\: opml, or jsonfeed with --articles\]]:FORMAT:(opml json newsboat jsonfeed ndjson markdown text html epub)' \
'-o+[Write to this file instead of standard output; a folder gets a file for each article]:FILE:_files' \
'--output=[Write to this file instead of standard output; a folder gets a file for each article]:FILE:_files' \
'--query=[Only articles that match, such as \`starred newer\:7d\`]:QUERY:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--articles[Write articles instead of the subscriptions]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(refresh)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--force[Also feeds that are not due]' \
'--json[Print a JSON object]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::feeds -- Only these feeds\: id, URL or a part of the title:_default' \
&& ret=0
;;
(watch)
_arguments "${_arguments_options[@]}" : \
'--interval=[The longest pause between two looks at what is due\: 90s, 15m, 1h]:TIME:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'--query=[Only articles that match, such as \`tag\:ekonomi unread newer\:7d\`]:QUERY:_default' \
'*--tag=[Only articles with this tag, in any spelling; again for one more tag that they must have]:TAG:_default' \
'--feed=[Only articles of this feed\: its id, its URL or a part of its title]:FEED:_default' \
'--limit=[At most so many; all without it]:N:_default' \
'--sort=[The order\: the newest first, or the best first \[default\: date\]]:SORT:(date relevance)' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--unread[Only unread articles]' \
'--starred[Only starred articles]' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(search)
_arguments "${_arguments_options[@]}" : \
'--limit=[At most so many]:N:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::query -- What to look for, such as `banjir jakarta` or `"presiden terpilih" newer\:7d -tag\:olahraga`:_default' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'--format=[]:FORMAT:(text markdown html json)' \
'--width=[Columns of the text; the terminal'\''s, but at most 80, without it]:N:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--full[Fetch the whole article from its page first, unless that was done before]' \
'(--full)--revisions[Print all versions that were published, each with what it changed of the one before]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The id that `list` shows:_default' \
&& ret=0
;;
(preview)
_arguments "${_arguments_options[@]}" : \
'--format=[How to print it\: as text, or as a JSON Feed 1.1 document]:FORMAT:(text json)' \
'--base-url=[The URL that relative links are taken from, in place of the source'\''s own]:URL:_default' \
'--content-type=[The Content-Type to go by, in place of the server'\''s]:TYPE:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':source -- A file, `-` for standard input, or a URL:_default' \
&& ret=0
;;
(extract)
_arguments "${_arguments_options[@]}" : \
'--url=[Where the page is\: relative links are taken from it]:URL:_default' \
'--format=[]:FORMAT:(text markdown html json)' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'::source -- A file, or `-` for standard input; with --url and no source the page is fetched:_default' \
&& ret=0
;;
(mark)
_arguments "${_arguments_options[@]}" : \
'--query=[All articles that match, such as \`tag\:olahraga older\:7d\`]:QUERY:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':mark:((read\:""
unread\:""
star\:""
unstar\:""
mute\:"Hide them from every list but that of \`is\:muted\`"
unmute\:""))' \
'*::ids -- The ids that `list` shows:_default' \
&& ret=0
;;
(tag)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kabar__subcmd__tag_commands" \
"*::: :->tag" \
&& ret=0

    case $state in
    (tag)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-tag-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
'--query=[All articles that match, such as \`tag\:olahraga older\:7d\`]:QUERY:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':tag -- Capitals, `#` and the kind of hyphen make no difference:_default' \
'*::ids -- The ids that `list` shows:_default' \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
'--query=[All articles that match, such as \`tag\:olahraga older\:7d\`]:QUERY:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':tag -- Capitals, `#` and the kind of hyphen make no difference:_default' \
'*::ids -- The ids that `list` shows:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__tag__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-tag-help-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(tags)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kabar__subcmd__tags_commands" \
"*::: :->tags" \
&& ret=0

    case $state in
    (tags)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-tags-command-$line[1]:"
        case $line[1] in
            (merge)
_arguments "${_arguments_options[@]}" : \
'--into=[The tag that they become]:TAG:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::tags:_default' \
&& ret=0
;;
(split)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::tags:_default' \
&& ret=0
;;
(merges)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__tags__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-tags-help-command-$line[1]:"
        case $line[1] in
            (merge)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(split)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(merges)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(views)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kabar__subcmd__views_commands" \
"*::: :->views" \
&& ret=0

    case $state in
    (views)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-views-command-$line[1]:"
        case $line[1] in
            (save)
_arguments "${_arguments_options[@]}" : \
'--key=[The key that goes to it in the interface, after \`'\''\`]:KEY:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':name:_default' \
'*::query -- What it lists, such as `tag\:ekonomi unread newer\:7d sort\:relevance`:_default' \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__views__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-views-help-command-$line[1]:"
        case $line[1] in
            (save)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(rules)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kabar__subcmd__rules_commands" \
"*::: :->rules" \
&& ret=0

    case $state in
    (rules)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-rules-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
'--feed=[Only articles of this feed\: its id, its URL or a part of its title]:FEED:_default' \
'*--tag=[Put this tag on them]:TAG:_default' \
'*--run=[Run this command for each, with the article as JSON on its input]:COMMAND:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--star[Star them]' \
'--read[Mark them as read]' \
'--mute[Hide them from every list but that of \`is\:muted\`]' \
'--notify[Tell of them, once for all that a poll brings]' \
'--fulltext[Fetch the whole articles from their pages]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':name:_default' \
'*::query -- The articles that it is for, such as `title\:~"\bobituari\b" OR tag\:olahraga`:_default' \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names:_default' \
&& ret=0
;;
(try)
_arguments "${_arguments_options[@]}" : \
'--feed=[Only articles of this feed\: its id, its URL or a part of its title]:FEED:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON object]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::query -- A rule'\''s name, or a query:_default' \
&& ret=0
;;
(apply)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--yes[Really do it]' \
'--json[Print a JSON object]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':name:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__rules__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-rules-help-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(try)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(apply)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(topics)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kabar__subcmd__topics_commands" \
"*::: :->topics" \
&& ret=0

    case $state in
    (topics)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-topics-command-$line[1]:"
        case $line[1] in
            (follow)
_arguments "${_arguments_options[@]}" : \
'--query=[What matches belongs to the topic, too]:QUERY:_default' \
'*--example=[An article that belongs to it; may be given again]:ID:_default' \
'*--not=[An article that does not belong to it; may be given again]:ID:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- Countries, what the news calls a thing, names\: all of them must be salient in an article:_default' \
&& ret=0
;;
(unfollow)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- As it is listed, in any spelling:_default' \
&& ret=0
;;
(teach)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--yes[They belong to it]' \
'--no[They do not]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- As it is listed, in any spelling:_default' \
'*::ids -- The ids that `list` shows:_default' \
&& ret=0
;;
(suggest)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__topics__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-topics-help-command-$line[1]:"
        case $line[1] in
            (follow)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(unfollow)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(teach)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(suggest)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(stories)
_arguments "${_arguments_options[@]}" : \
'--query=[Only stories with an article that matches, such as \`newer\:24h\`]:QUERY:_default' \
'--limit=[At most so many; all without it]:N:_default' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--json[Print a JSON array, stories of one article among them]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kabar__subcmd__stories_commands" \
"*::: :->stories" \
&& ret=0

    case $state in
    (stories)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-stories-command-$line[1]:"
        case $line[1] in
            (split)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::ids -- The ids that `list` shows:_default' \
&& ret=0
;;
(merge)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'*::ids -- The ids that `list` shows:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__stories__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-stories-help-command-$line[1]:"
        case $line[1] in
            (split)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(merge)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(doctor)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--repair[Count anew what the store keeps counted, where that is off]' \
'--json[Print a JSON array]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(config)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kabar__subcmd__config_commands" \
"*::: :->config" \
&& ret=0

    case $state in
    (config)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-config-command-$line[1]:"
        case $line[1] in
            (path)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(default)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__config__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-config-help-command-$line[1]:"
        case $line[1] in
            (path)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(default)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(keys)
_arguments "${_arguments_options[@]}" : \
'--format=[]:FORMAT:(text markdown)' \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(completions)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
':shell:(bash elvish fish powershell zsh)' \
&& ret=0
;;
(man)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
'::folder -- Write a page for every command into this directory:_files' \
&& ret=0
;;
(demo)
_arguments "${_arguments_options[@]}" : \
'--config-dir=[Where config.toml, keys.toml and themes/ are]:DIR:_files' \
'--data-dir=[Where the articles are stored]:DIR:_files' \
'--log-level=[What goes into the log file\: error, warn, info, debug, trace, or a filter such as \`kabar\:\:net=debug\`]:LEVEL:_default' \
'--headless[Print the headlines instead of opening the interface]' \
'--ascii[Draw with ASCII characters only]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-help-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(feeds)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(edit)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(import)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(export)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(refresh)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(watch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(search)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(preview)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(extract)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(mark)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(tag)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__help__subcmd__tag_commands" \
"*::: :->tag" \
&& ret=0

    case $state in
    (tag)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-help-tag-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(tags)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__help__subcmd__tags_commands" \
"*::: :->tags" \
&& ret=0

    case $state in
    (tags)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-help-tags-command-$line[1]:"
        case $line[1] in
            (merge)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(split)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(merges)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(views)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__help__subcmd__views_commands" \
"*::: :->views" \
&& ret=0

    case $state in
    (views)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-help-views-command-$line[1]:"
        case $line[1] in
            (save)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(rules)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__help__subcmd__rules_commands" \
"*::: :->rules" \
&& ret=0

    case $state in
    (rules)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-help-rules-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(try)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(apply)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(topics)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__help__subcmd__topics_commands" \
"*::: :->topics" \
&& ret=0

    case $state in
    (topics)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-help-topics-command-$line[1]:"
        case $line[1] in
            (follow)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(unfollow)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(teach)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(suggest)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(stories)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__help__subcmd__stories_commands" \
"*::: :->stories" \
&& ret=0

    case $state in
    (stories)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-help-stories-command-$line[1]:"
        case $line[1] in
            (split)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(merge)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(doctor)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(config)
_arguments "${_arguments_options[@]}" : \
":: :_kabar__subcmd__help__subcmd__config_commands" \
"*::: :->config" \
&& ret=0

    case $state in
    (config)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kabar-help-config-command-$line[1]:"
        case $line[1] in
            (path)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(default)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(keys)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(completions)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(man)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(demo)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
}

(( $+functions[_kabar_commands] )) ||
_kabar_commands() {
    local commands; commands=(
'add:Subscribe to feeds' \
'remove:End subscriptions' \
'feeds:List the subscriptions' \
'edit:Change a subscription' \
'import:Take over subscriptions from an OPML document or newsboat'\''s list' \
'export:Write the subscriptions, or articles' \
'refresh:Ask the feeds that are due for what is new' \
'watch:Keep asking, in the foreground, until stopped' \
'list:List headlines, newest first' \
'search:Search the archive, the best first' \
'show:Print one article' \
'preview:Parse a feed without subscribing to it' \
'extract:Print the article of a web page, and nothing but the article' \
'mark:Mark articles as read, unread, starred, muted or not' \
'tag:Put a tag on articles, or take it off' \
'tags:List the tags, make several one, undo that' \
'views:List the saved views, save one, forget one' \
'rules:List the rules, make one, try it over the archive, apply it, end it' \
'topics:Follow topics, and list those that are followed' \
'stories:List what happened, each event once however many tell of it' \
'doctor:Check settings, store, feeds and terminal, and say what to do about each fault' \
'config:Show and check the settings' \
'keys:Print the default keys' \
'completions:Print the completions for a shell' \
'man:Print the manual page, or write the pages of all commands' \
'demo:Look around in a throw-away store with sample feeds, without a network' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar commands' commands "$@"
}
(( $+functions[_kabar__subcmd__add_commands] )) ||
_kabar__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kabar add commands' commands "$@"
}
(( $+functions[_kabar__subcmd__completions_commands] )) ||
_kabar__subcmd__completions_commands() {
    local commands; commands=()
    _describe -t commands 'kabar completions commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config_commands] )) ||
_kabar__subcmd__config_commands() {
    local commands; commands=(
'path:Print where config.toml is looked for' \
'show:Print the settings in force' \
'default:Print all settings at their defaults, each with its description' \
'check:Check config.toml, keys.toml and the theme' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar config commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__check_commands] )) ||
_kabar__subcmd__config__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config check commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__default_commands] )) ||
_kabar__subcmd__config__subcmd__default_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config default commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__help_commands] )) ||
_kabar__subcmd__config__subcmd__help_commands() {
    local commands; commands=(
'path:Print where config.toml is looked for' \
'show:Print the settings in force' \
'default:Print all settings at their defaults, each with its description' \
'check:Check config.toml, keys.toml and the theme' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar config help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__help__subcmd__check_commands] )) ||
_kabar__subcmd__config__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config help check commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__help__subcmd__default_commands] )) ||
_kabar__subcmd__config__subcmd__help__subcmd__default_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config help default commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__help__subcmd__help_commands] )) ||
_kabar__subcmd__config__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config help help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__help__subcmd__path_commands] )) ||
_kabar__subcmd__config__subcmd__help__subcmd__path_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config help path commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__help__subcmd__show_commands] )) ||
_kabar__subcmd__config__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config help show commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__path_commands] )) ||
_kabar__subcmd__config__subcmd__path_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config path commands' commands "$@"
}
(( $+functions[_kabar__subcmd__config__subcmd__show_commands] )) ||
_kabar__subcmd__config__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'kabar config show commands' commands "$@"
}
(( $+functions[_kabar__subcmd__demo_commands] )) ||
_kabar__subcmd__demo_commands() {
    local commands; commands=()
    _describe -t commands 'kabar demo commands' commands "$@"
}
(( $+functions[_kabar__subcmd__doctor_commands] )) ||
_kabar__subcmd__doctor_commands() {
    local commands; commands=()
    _describe -t commands 'kabar doctor commands' commands "$@"
}
(( $+functions[_kabar__subcmd__edit_commands] )) ||
_kabar__subcmd__edit_commands() {
    local commands; commands=()
    _describe -t commands 'kabar edit commands' commands "$@"
}
(( $+functions[_kabar__subcmd__export_commands] )) ||
_kabar__subcmd__export_commands() {
    local commands; commands=()
    _describe -t commands 'kabar export commands' commands "$@"
}
(( $+functions[_kabar__subcmd__extract_commands] )) ||
_kabar__subcmd__extract_commands() {
    local commands; commands=()
    _describe -t commands 'kabar extract commands' commands "$@"
}
(( $+functions[_kabar__subcmd__feeds_commands] )) ||
_kabar__subcmd__feeds_commands() {
    local commands; commands=()
    _describe -t commands 'kabar feeds commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help_commands] )) ||
_kabar__subcmd__help_commands() {
    local commands; commands=(
'add:Subscribe to feeds' \
'remove:End subscriptions' \
'feeds:List the subscriptions' \
'edit:Change a subscription' \
'import:Take over subscriptions from an OPML document or newsboat'\''s list' \
'export:Write the subscriptions, or articles' \
'refresh:Ask the feeds that are due for what is new' \
'watch:Keep asking, in the foreground, until stopped' \
'list:List headlines, newest first' \
'search:Search the archive, the best first' \
'show:Print one article' \
'preview:Parse a feed without subscribing to it' \
'extract:Print the article of a web page, and nothing but the article' \
'mark:Mark articles as read, unread, starred, muted or not' \
'tag:Put a tag on articles, or take it off' \
'tags:List the tags, make several one, undo that' \
'views:List the saved views, save one, forget one' \
'rules:List the rules, make one, try it over the archive, apply it, end it' \
'topics:Follow topics, and list those that are followed' \
'stories:List what happened, each event once however many tell of it' \
'doctor:Check settings, store, feeds and terminal, and say what to do about each fault' \
'config:Show and check the settings' \
'keys:Print the default keys' \
'completions:Print the completions for a shell' \
'man:Print the manual page, or write the pages of all commands' \
'demo:Look around in a throw-away store with sample feeds, without a network' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__add_commands] )) ||
_kabar__subcmd__help__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help add commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__completions_commands] )) ||
_kabar__subcmd__help__subcmd__completions_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help completions commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__config_commands] )) ||
_kabar__subcmd__help__subcmd__config_commands() {
    local commands; commands=(
'path:Print where config.toml is looked for' \
'show:Print the settings in force' \
'default:Print all settings at their defaults, each with its description' \
'check:Check config.toml, keys.toml and the theme' \
    )
    _describe -t commands 'kabar help config commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__config__subcmd__check_commands] )) ||
_kabar__subcmd__help__subcmd__config__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help config check commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__config__subcmd__default_commands] )) ||
_kabar__subcmd__help__subcmd__config__subcmd__default_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help config default commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__config__subcmd__path_commands] )) ||
_kabar__subcmd__help__subcmd__config__subcmd__path_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help config path commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__config__subcmd__show_commands] )) ||
_kabar__subcmd__help__subcmd__config__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help config show commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__demo_commands] )) ||
_kabar__subcmd__help__subcmd__demo_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help demo commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__doctor_commands] )) ||
_kabar__subcmd__help__subcmd__doctor_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help doctor commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__edit_commands] )) ||
_kabar__subcmd__help__subcmd__edit_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help edit commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__export_commands] )) ||
_kabar__subcmd__help__subcmd__export_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help export commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__extract_commands] )) ||
_kabar__subcmd__help__subcmd__extract_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help extract commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__feeds_commands] )) ||
_kabar__subcmd__help__subcmd__feeds_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help feeds commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__help_commands] )) ||
_kabar__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__import_commands] )) ||
_kabar__subcmd__help__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help import commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__keys_commands] )) ||
_kabar__subcmd__help__subcmd__keys_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help keys commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__list_commands] )) ||
_kabar__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help list commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__man_commands] )) ||
_kabar__subcmd__help__subcmd__man_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help man commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__mark_commands] )) ||
_kabar__subcmd__help__subcmd__mark_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help mark commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__preview_commands] )) ||
_kabar__subcmd__help__subcmd__preview_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help preview commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__refresh_commands] )) ||
_kabar__subcmd__help__subcmd__refresh_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help refresh commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__remove_commands] )) ||
_kabar__subcmd__help__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__rules_commands] )) ||
_kabar__subcmd__help__subcmd__rules_commands() {
    local commands; commands=(
'add:Make a rule for what comes from now on, in place of one of this name' \
'remove:End rules; what they have done stays' \
'try:Show what the archive has for a query or a rule, and change nothing' \
'apply:Apply a rule to the archive; without --yes, only show to what' \
    )
    _describe -t commands 'kabar help rules commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__rules__subcmd__add_commands] )) ||
_kabar__subcmd__help__subcmd__rules__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help rules add commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__rules__subcmd__apply_commands] )) ||
_kabar__subcmd__help__subcmd__rules__subcmd__apply_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help rules apply commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__rules__subcmd__remove_commands] )) ||
_kabar__subcmd__help__subcmd__rules__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help rules remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__rules__subcmd__try_commands] )) ||
_kabar__subcmd__help__subcmd__rules__subcmd__try_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help rules try commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__search_commands] )) ||
_kabar__subcmd__help__subcmd__search_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help search commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__show_commands] )) ||
_kabar__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help show commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__stories_commands] )) ||
_kabar__subcmd__help__subcmd__stories_commands() {
    local commands; commands=(
'split:Take articles out of their story, for good' \
'merge:Make one story of those that these articles are in, for good' \
    )
    _describe -t commands 'kabar help stories commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__stories__subcmd__merge_commands] )) ||
_kabar__subcmd__help__subcmd__stories__subcmd__merge_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help stories merge commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__stories__subcmd__split_commands] )) ||
_kabar__subcmd__help__subcmd__stories__subcmd__split_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help stories split commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__tag_commands] )) ||
_kabar__subcmd__help__subcmd__tag_commands() {
    local commands; commands=(
'add:Put a tag of yours on articles' \
'remove:Take a tag of yours off articles; the publisher'\''s stay' \
    )
    _describe -t commands 'kabar help tag commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__tag__subcmd__add_commands] )) ||
_kabar__subcmd__help__subcmd__tag__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help tag add commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__tag__subcmd__remove_commands] )) ||
_kabar__subcmd__help__subcmd__tag__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help tag remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__tags_commands] )) ||
_kabar__subcmd__help__subcmd__tags_commands() {
    local commands; commands=(
'merge:Make tags one\: what comes under their names later, too' \
'split:Undo merges\: each tag gets back what came under its name' \
'merges:List the merges' \
    )
    _describe -t commands 'kabar help tags commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__tags__subcmd__merge_commands] )) ||
_kabar__subcmd__help__subcmd__tags__subcmd__merge_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help tags merge commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__tags__subcmd__merges_commands] )) ||
_kabar__subcmd__help__subcmd__tags__subcmd__merges_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help tags merges commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__tags__subcmd__split_commands] )) ||
_kabar__subcmd__help__subcmd__tags__subcmd__split_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help tags split commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__topics_commands] )) ||
_kabar__subcmd__help__subcmd__topics_commands() {
    local commands; commands=(
'follow:Follow a topic by its name, such as \`Rusia-AS\` or \`inflasi\`; again to add to one that is followed' \
'unfollow:Follow a topic no longer' \
'teach:Say that articles belong to a topic, or do not' \
'suggest:List what the most outlets tell of just now' \
'list:List the topics that are followed' \
    )
    _describe -t commands 'kabar help topics commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__topics__subcmd__follow_commands] )) ||
_kabar__subcmd__help__subcmd__topics__subcmd__follow_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help topics follow commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__topics__subcmd__list_commands] )) ||
_kabar__subcmd__help__subcmd__topics__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help topics list commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__topics__subcmd__suggest_commands] )) ||
_kabar__subcmd__help__subcmd__topics__subcmd__suggest_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help topics suggest commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__topics__subcmd__teach_commands] )) ||
_kabar__subcmd__help__subcmd__topics__subcmd__teach_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help topics teach commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__topics__subcmd__unfollow_commands] )) ||
_kabar__subcmd__help__subcmd__topics__subcmd__unfollow_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help topics unfollow commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__views_commands] )) ||
_kabar__subcmd__help__subcmd__views_commands() {
    local commands; commands=(
'save:Save a query under a name, over an older one of this name' \
'remove:Forget a view' \
    )
    _describe -t commands 'kabar help views commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__views__subcmd__remove_commands] )) ||
_kabar__subcmd__help__subcmd__views__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help views remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__views__subcmd__save_commands] )) ||
_kabar__subcmd__help__subcmd__views__subcmd__save_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help views save commands' commands "$@"
}
(( $+functions[_kabar__subcmd__help__subcmd__watch_commands] )) ||
_kabar__subcmd__help__subcmd__watch_commands() {
    local commands; commands=()
    _describe -t commands 'kabar help watch commands' commands "$@"
}
(( $+functions[_kabar__subcmd__import_commands] )) ||
_kabar__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'kabar import commands' commands "$@"
}
(( $+functions[_kabar__subcmd__keys_commands] )) ||
_kabar__subcmd__keys_commands() {
    local commands; commands=()
    _describe -t commands 'kabar keys commands' commands "$@"
}
(( $+functions[_kabar__subcmd__list_commands] )) ||
_kabar__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kabar list commands' commands "$@"
}
(( $+functions[_kabar__subcmd__man_commands] )) ||
_kabar__subcmd__man_commands() {
    local commands; commands=()
    _describe -t commands 'kabar man commands' commands "$@"
}
(( $+functions[_kabar__subcmd__mark_commands] )) ||
_kabar__subcmd__mark_commands() {
    local commands; commands=()
    _describe -t commands 'kabar mark commands' commands "$@"
}
(( $+functions[_kabar__subcmd__preview_commands] )) ||
_kabar__subcmd__preview_commands() {
    local commands; commands=()
    _describe -t commands 'kabar preview commands' commands "$@"
}
(( $+functions[_kabar__subcmd__refresh_commands] )) ||
_kabar__subcmd__refresh_commands() {
    local commands; commands=()
    _describe -t commands 'kabar refresh commands' commands "$@"
}
(( $+functions[_kabar__subcmd__remove_commands] )) ||
_kabar__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules_commands] )) ||
_kabar__subcmd__rules_commands() {
    local commands; commands=(
'add:Make a rule for what comes from now on, in place of one of this name' \
'remove:End rules; what they have done stays' \
'try:Show what the archive has for a query or a rule, and change nothing' \
'apply:Apply a rule to the archive; without --yes, only show to what' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar rules commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__add_commands] )) ||
_kabar__subcmd__rules__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules add commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__apply_commands] )) ||
_kabar__subcmd__rules__subcmd__apply_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules apply commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__help_commands] )) ||
_kabar__subcmd__rules__subcmd__help_commands() {
    local commands; commands=(
'add:Make a rule for what comes from now on, in place of one of this name' \
'remove:End rules; what they have done stays' \
'try:Show what the archive has for a query or a rule, and change nothing' \
'apply:Apply a rule to the archive; without --yes, only show to what' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar rules help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__help__subcmd__add_commands] )) ||
_kabar__subcmd__rules__subcmd__help__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules help add commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__help__subcmd__apply_commands] )) ||
_kabar__subcmd__rules__subcmd__help__subcmd__apply_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules help apply commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__help__subcmd__help_commands] )) ||
_kabar__subcmd__rules__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules help help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__help__subcmd__remove_commands] )) ||
_kabar__subcmd__rules__subcmd__help__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules help remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__help__subcmd__try_commands] )) ||
_kabar__subcmd__rules__subcmd__help__subcmd__try_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules help try commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__remove_commands] )) ||
_kabar__subcmd__rules__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__rules__subcmd__try_commands] )) ||
_kabar__subcmd__rules__subcmd__try_commands() {
    local commands; commands=()
    _describe -t commands 'kabar rules try commands' commands "$@"
}
(( $+functions[_kabar__subcmd__search_commands] )) ||
_kabar__subcmd__search_commands() {
    local commands; commands=()
    _describe -t commands 'kabar search commands' commands "$@"
}
(( $+functions[_kabar__subcmd__show_commands] )) ||
_kabar__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'kabar show commands' commands "$@"
}
(( $+functions[_kabar__subcmd__stories_commands] )) ||
_kabar__subcmd__stories_commands() {
    local commands; commands=(
'split:Take articles out of their story, for good' \
'merge:Make one story of those that these articles are in, for good' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar stories commands' commands "$@"
}
(( $+functions[_kabar__subcmd__stories__subcmd__help_commands] )) ||
_kabar__subcmd__stories__subcmd__help_commands() {
    local commands; commands=(
'split:Take articles out of their story, for good' \
'merge:Make one story of those that these articles are in, for good' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar stories help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__stories__subcmd__help__subcmd__help_commands] )) ||
_kabar__subcmd__stories__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'kabar stories help help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__stories__subcmd__help__subcmd__merge_commands] )) ||
_kabar__subcmd__stories__subcmd__help__subcmd__merge_commands() {
    local commands; commands=()
    _describe -t commands 'kabar stories help merge commands' commands "$@"
}
(( $+functions[_kabar__subcmd__stories__subcmd__help__subcmd__split_commands] )) ||
_kabar__subcmd__stories__subcmd__help__subcmd__split_commands() {
    local commands; commands=()
    _describe -t commands 'kabar stories help split commands' commands "$@"
}
(( $+functions[_kabar__subcmd__stories__subcmd__merge_commands] )) ||
_kabar__subcmd__stories__subcmd__merge_commands() {
    local commands; commands=()
    _describe -t commands 'kabar stories merge commands' commands "$@"
}
(( $+functions[_kabar__subcmd__stories__subcmd__split_commands] )) ||
_kabar__subcmd__stories__subcmd__split_commands() {
    local commands; commands=()
    _describe -t commands 'kabar stories split commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tag_commands] )) ||
_kabar__subcmd__tag_commands() {
    local commands; commands=(
'add:Put a tag of yours on articles' \
'remove:Take a tag of yours off articles; the publisher'\''s stay' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar tag commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tag__subcmd__add_commands] )) ||
_kabar__subcmd__tag__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tag add commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tag__subcmd__help_commands] )) ||
_kabar__subcmd__tag__subcmd__help_commands() {
    local commands; commands=(
'add:Put a tag of yours on articles' \
'remove:Take a tag of yours off articles; the publisher'\''s stay' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar tag help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tag__subcmd__help__subcmd__add_commands] )) ||
_kabar__subcmd__tag__subcmd__help__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tag help add commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tag__subcmd__help__subcmd__help_commands] )) ||
_kabar__subcmd__tag__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tag help help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tag__subcmd__help__subcmd__remove_commands] )) ||
_kabar__subcmd__tag__subcmd__help__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tag help remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tag__subcmd__remove_commands] )) ||
_kabar__subcmd__tag__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tag remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags_commands] )) ||
_kabar__subcmd__tags_commands() {
    local commands; commands=(
'merge:Make tags one\: what comes under their names later, too' \
'split:Undo merges\: each tag gets back what came under its name' \
'merges:List the merges' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar tags commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags__subcmd__help_commands] )) ||
_kabar__subcmd__tags__subcmd__help_commands() {
    local commands; commands=(
'merge:Make tags one\: what comes under their names later, too' \
'split:Undo merges\: each tag gets back what came under its name' \
'merges:List the merges' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar tags help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags__subcmd__help__subcmd__help_commands] )) ||
_kabar__subcmd__tags__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tags help help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags__subcmd__help__subcmd__merge_commands] )) ||
_kabar__subcmd__tags__subcmd__help__subcmd__merge_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tags help merge commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags__subcmd__help__subcmd__merges_commands] )) ||
_kabar__subcmd__tags__subcmd__help__subcmd__merges_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tags help merges commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags__subcmd__help__subcmd__split_commands] )) ||
_kabar__subcmd__tags__subcmd__help__subcmd__split_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tags help split commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags__subcmd__merge_commands] )) ||
_kabar__subcmd__tags__subcmd__merge_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tags merge commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags__subcmd__merges_commands] )) ||
_kabar__subcmd__tags__subcmd__merges_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tags merges commands' commands "$@"
}
(( $+functions[_kabar__subcmd__tags__subcmd__split_commands] )) ||
_kabar__subcmd__tags__subcmd__split_commands() {
    local commands; commands=()
    _describe -t commands 'kabar tags split commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics_commands] )) ||
_kabar__subcmd__topics_commands() {
    local commands; commands=(
'follow:Follow a topic by its name, such as \`Rusia-AS\` or \`inflasi\`; again to add to one that is followed' \
'unfollow:Follow a topic no longer' \
'teach:Say that articles belong to a topic, or do not' \
'suggest:List what the most outlets tell of just now' \
'list:List the topics that are followed' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar topics commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__follow_commands] )) ||
_kabar__subcmd__topics__subcmd__follow_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics follow commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__help_commands] )) ||
_kabar__subcmd__topics__subcmd__help_commands() {
    local commands; commands=(
'follow:Follow a topic by its name, such as \`Rusia-AS\` or \`inflasi\`; again to add to one that is followed' \
'unfollow:Follow a topic no longer' \
'teach:Say that articles belong to a topic, or do not' \
'suggest:List what the most outlets tell of just now' \
'list:List the topics that are followed' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar topics help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__help__subcmd__follow_commands] )) ||
_kabar__subcmd__topics__subcmd__help__subcmd__follow_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics help follow commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__help__subcmd__help_commands] )) ||
_kabar__subcmd__topics__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics help help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__help__subcmd__list_commands] )) ||
_kabar__subcmd__topics__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics help list commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__help__subcmd__suggest_commands] )) ||
_kabar__subcmd__topics__subcmd__help__subcmd__suggest_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics help suggest commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__help__subcmd__teach_commands] )) ||
_kabar__subcmd__topics__subcmd__help__subcmd__teach_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics help teach commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__help__subcmd__unfollow_commands] )) ||
_kabar__subcmd__topics__subcmd__help__subcmd__unfollow_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics help unfollow commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__list_commands] )) ||
_kabar__subcmd__topics__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics list commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__suggest_commands] )) ||
_kabar__subcmd__topics__subcmd__suggest_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics suggest commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__teach_commands] )) ||
_kabar__subcmd__topics__subcmd__teach_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics teach commands' commands "$@"
}
(( $+functions[_kabar__subcmd__topics__subcmd__unfollow_commands] )) ||
_kabar__subcmd__topics__subcmd__unfollow_commands() {
    local commands; commands=()
    _describe -t commands 'kabar topics unfollow commands' commands "$@"
}
(( $+functions[_kabar__subcmd__views_commands] )) ||
_kabar__subcmd__views_commands() {
    local commands; commands=(
'save:Save a query under a name, over an older one of this name' \
'remove:Forget a view' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar views commands' commands "$@"
}
(( $+functions[_kabar__subcmd__views__subcmd__help_commands] )) ||
_kabar__subcmd__views__subcmd__help_commands() {
    local commands; commands=(
'save:Save a query under a name, over an older one of this name' \
'remove:Forget a view' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'kabar views help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__views__subcmd__help__subcmd__help_commands] )) ||
_kabar__subcmd__views__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'kabar views help help commands' commands "$@"
}
(( $+functions[_kabar__subcmd__views__subcmd__help__subcmd__remove_commands] )) ||
_kabar__subcmd__views__subcmd__help__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar views help remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__views__subcmd__help__subcmd__save_commands] )) ||
_kabar__subcmd__views__subcmd__help__subcmd__save_commands() {
    local commands; commands=()
    _describe -t commands 'kabar views help save commands' commands "$@"
}
(( $+functions[_kabar__subcmd__views__subcmd__remove_commands] )) ||
_kabar__subcmd__views__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'kabar views remove commands' commands "$@"
}
(( $+functions[_kabar__subcmd__views__subcmd__save_commands] )) ||
_kabar__subcmd__views__subcmd__save_commands() {
    local commands; commands=()
    _describe -t commands 'kabar views save commands' commands "$@"
}
(( $+functions[_kabar__subcmd__watch_commands] )) ||
_kabar__subcmd__watch_commands() {
    local commands; commands=()
    _describe -t commands 'kabar watch commands' commands "$@"
}

if [ "$funcstack[1]" = "_kabar" ]; then
    _kabar "$@"
else
    compdef _kabar kabar
fi
