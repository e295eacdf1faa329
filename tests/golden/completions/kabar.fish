# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kabar_global_optspecs
    string join \n config-dir= data-dir= log-level= ascii h/help V/version
end

function __fish_kabar_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_kabar_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_kabar_using_subcommand
    set -l cmd (__fish_kabar_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c kabar -n "__fish_kabar_needs_command" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_needs_command" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_needs_command" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_needs_command" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kabar -n "__fish_kabar_needs_command" -s V -l version -d 'Print version'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "add" -d 'Subscribe to feeds'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "remove" -d 'End subscriptions'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "feeds" -d 'List the subscriptions'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "edit" -d 'Change a subscription'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "import" -d 'Take over subscriptions from an OPML document or newsboat\'s list'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "export" -d 'Write the subscriptions, or articles'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "refresh" -d 'Ask the feeds that are due for what is new'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "watch" -d 'Keep asking, in the foreground, until stopped'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "list" -d 'List headlines, newest first'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "search" -d 'Search the archive, the best first'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "show" -d 'Print one article'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "preview" -d 'Parse a feed without subscribing to it'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "extract" -d 'Print the article of a web page, and nothing but the article'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "mark" -d 'Mark articles as read, unread, starred, muted or not'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "tag" -d 'Put a tag on articles, or take it off'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "tags" -d 'List the tags, make several one, undo that'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "views" -d 'List the saved views, save one, forget one'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "rules" -d 'List the rules, make one, try it over the archive, apply it, end it'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "topics" -d 'Follow topics, and list those that are followed'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "stories" -d 'List what happened, each event once however many tell of it'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "doctor" -d 'Check settings, store, feeds and terminal, and say what to do about each fault'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "config" -d 'Show and check the settings'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "keys" -d 'Print the default keys'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "completions" -d 'Print the completions for a shell'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "man" -d 'Print the manual page, or write the pages of all commands'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "demo" -d 'Look around in a throw-away store with sample feeds, without a network'
complete -c kabar -n "__fish_kabar_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand add" -l title -d 'Your own name for the feed' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l folder -d 'The folder to put it in' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l tag -d 'A tag for all of its articles; may be given several times' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l filter -d 'A command that the document passes before it is read as a feed' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l header -d 'A header for the feed\'s own site, as \'Name: value\', in place of those it has; may be given several times, once empty for none' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l login -d 'User name and password for the feed\'s own site; empty for none' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l user-agent -d 'How kabar names itself to this server; empty for what the settings say' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l proxy -d 'The proxy for this feed, as a URL; empty for what the settings say' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand add" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand add" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand add" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand add" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand add" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand remove" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand remove" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand remove" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand remove" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand remove" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand feeds" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand feeds" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand feeds" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand feeds" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand feeds" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand feeds" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l url -d 'Where the feed is now' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l title -d 'Your own name for it; empty for the publisher\'s' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l folder -d 'The folder to put it in; empty for none' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l tag -d 'A tag for all of its articles, in place of those it has; may be given several times, once empty for none' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l interval -d 'Time between two polls, at least 5m: 15m, 1h, 2d; empty for the one in the settings' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l fulltext -d 'Fetch the whole page of every new article' -r -f -a "on\t''
off\t''"
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l mute -d 'Show nothing of it outside its own list' -r -f -a "on\t''
off\t''"
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l filter -d 'A command that the document passes before it is read as a feed; empty for none' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l header -d 'A header for the feed\'s own site, as \'Name: value\', in place of those it has; may be given several times, once empty for none' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l login -d 'User name and password for the feed\'s own site; empty for none' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l user-agent -d 'How kabar names itself to this server; empty for what the settings say' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l proxy -d 'The proxy for this feed, as a URL; empty for what the settings say' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand edit" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand edit" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand import" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand import" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand import" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand import" -l fetch -d 'Fetch the feeds that are new'
complete -c kabar -n "__fish_kabar_using_subcommand import" -l allow-exec -d 'Take over the commands of the list, too: `exec:` sources and filters'
complete -c kabar -n "__fish_kabar_using_subcommand import" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand import" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand export" -l format -d 'opml, json and newsboat are lists of subscriptions, whose addresses keep the passwords in them; the others are for articles [default: opml, or jsonfeed with --articles]' -r -f -a "opml\t''
json\t''
newsboat\t''
jsonfeed\t''
ndjson\t''
markdown\t''
text\t''
html\t''
epub\t''"
complete -c kabar -n "__fish_kabar_using_subcommand export" -s o -l output -d 'Write to this file instead of standard output; a folder gets a file for each article' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand export" -l query -d 'Only articles that match, such as `starred newer:7d`' -r
complete -c kabar -n "__fish_kabar_using_subcommand export" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand export" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand export" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand export" -l articles -d 'Write articles instead of the subscriptions'
complete -c kabar -n "__fish_kabar_using_subcommand export" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand export" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand refresh" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand refresh" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand refresh" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand refresh" -l force -d 'Also feeds that are not due'
complete -c kabar -n "__fish_kabar_using_subcommand refresh" -l json -d 'Print a JSON object'
complete -c kabar -n "__fish_kabar_using_subcommand refresh" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand refresh" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand watch" -l interval -d 'The longest pause between two looks at what is due: 90s, 15m, 1h' -r
complete -c kabar -n "__fish_kabar_using_subcommand watch" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand watch" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand watch" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand watch" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand watch" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand list" -l query -d 'Only articles that match, such as `tag:ekonomi unread newer:7d`' -r
complete -c kabar -n "__fish_kabar_using_subcommand list" -l tag -d 'Only articles with this tag, in any spelling; again for one more tag that they must have' -r
complete -c kabar -n "__fish_kabar_using_subcommand list" -l feed -d 'Only articles of this feed: its id, its URL or a part of its title' -r
complete -c kabar -n "__fish_kabar_using_subcommand list" -l limit -d 'At most so many; all without it' -r
complete -c kabar -n "__fish_kabar_using_subcommand list" -l sort -d 'The order: the newest first, or the best first [default: date]' -r -f -a "date\t''
relevance\t''"
complete -c kabar -n "__fish_kabar_using_subcommand list" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand list" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand list" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand list" -l unread -d 'Only unread articles'
complete -c kabar -n "__fish_kabar_using_subcommand list" -l starred -d 'Only starred articles'
complete -c kabar -n "__fish_kabar_using_subcommand list" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand list" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand list" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand search" -l limit -d 'At most so many' -r
complete -c kabar -n "__fish_kabar_using_subcommand search" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand search" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand search" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand search" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand search" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand search" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand show" -l format -r -f -a "text\t''
markdown\t''
html\t''
json\t''"
complete -c kabar -n "__fish_kabar_using_subcommand show" -l width -d 'Columns of the text; the terminal\'s, but at most 80, without it' -r
complete -c kabar -n "__fish_kabar_using_subcommand show" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand show" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand show" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand show" -l full -d 'Fetch the whole article from its page first, unless that was done before'
complete -c kabar -n "__fish_kabar_using_subcommand show" -l revisions -d 'Print all versions that were published, each with what it changed of the one before'
complete -c kabar -n "__fish_kabar_using_subcommand show" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand show" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand preview" -l format -d 'How to print it: as text, or as a JSON Feed 1.1 document' -r -f -a "text\t''
json\t''"
complete -c kabar -n "__fish_kabar_using_subcommand preview" -l base-url -d 'The URL that relative links are taken from, in place of the source\'s own' -r
complete -c kabar -n "__fish_kabar_using_subcommand preview" -l content-type -d 'The Content-Type to go by, in place of the server\'s' -r
complete -c kabar -n "__fish_kabar_using_subcommand preview" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand preview" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand preview" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand preview" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand preview" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand extract" -l url -d 'Where the page is: relative links are taken from it' -r
complete -c kabar -n "__fish_kabar_using_subcommand extract" -l format -r -f -a "text\t''
markdown\t''
html\t''
json\t''"
complete -c kabar -n "__fish_kabar_using_subcommand extract" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand extract" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand extract" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand extract" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand extract" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand mark" -l query -d 'All articles that match, such as `tag:olahraga older:7d`' -r
complete -c kabar -n "__fish_kabar_using_subcommand mark" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand mark" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand mark" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand mark" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand mark" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and not __fish_seen_subcommand_from add remove help" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tag; and not __fish_seen_subcommand_from add remove help" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tag; and not __fish_seen_subcommand_from add remove help" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tag; and not __fish_seen_subcommand_from add remove help" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and not __fish_seen_subcommand_from add remove help" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and not __fish_seen_subcommand_from add remove help" -f -a "add" -d 'Put a tag of yours on articles'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and not __fish_seen_subcommand_from add remove help" -f -a "remove" -d 'Take a tag of yours off articles; the publisher\'s stay'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and not __fish_seen_subcommand_from add remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from add" -l query -d 'All articles that match, such as `tag:olahraga older:7d`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from add" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from add" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from add" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from add" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from remove" -l query -d 'All articles that match, such as `tag:olahraga older:7d`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from remove" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from remove" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from remove" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from remove" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from help" -f -a "add" -d 'Put a tag of yours on articles'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Take a tag of yours off articles; the publisher\'s stay'
complete -c kabar -n "__fish_kabar_using_subcommand tag; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -f -a "merge" -d 'Make tags one: what comes under their names later, too'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -f -a "split" -d 'Undo merges: each tag gets back what came under its name'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -f -a "merges" -d 'List the merges'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and not __fish_seen_subcommand_from merge split merges help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merge" -l into -d 'The tag that they become' -r
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merge" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merge" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merge" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merge" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from split" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from split" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from split" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from split" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from split" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merges" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merges" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merges" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merges" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merges" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from merges" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from help" -f -a "merge" -d 'Make tags one: what comes under their names later, too'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from help" -f -a "split" -d 'Undo merges: each tag gets back what came under its name'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from help" -f -a "merges" -d 'List the merges'
complete -c kabar -n "__fish_kabar_using_subcommand tags; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -f -a "save" -d 'Save a query under a name, over an older one of this name'
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -f -a "remove" -d 'Forget a view'
complete -c kabar -n "__fish_kabar_using_subcommand views; and not __fish_seen_subcommand_from save remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from save" -l key -d 'The key that goes to it in the interface, after `\'`' -r
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from save" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from save" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from save" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from save" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from save" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from remove" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from remove" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from remove" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from remove" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "save" -d 'Save a query under a name, over an older one of this name'
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Forget a view'
complete -c kabar -n "__fish_kabar_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -f -a "add" -d 'Make a rule for what comes from now on, in place of one of this name'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -f -a "remove" -d 'End rules; what they have done stays'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -f -a "try" -d 'Show what the archive has for a query or a rule, and change nothing'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -f -a "apply" -d 'Apply a rule to the archive; without --yes, only show to what'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and not __fish_seen_subcommand_from add remove try apply help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l feed -d 'Only articles of this feed: its id, its URL or a part of its title' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l tag -d 'Put this tag on them' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l run -d 'Run this command for each, with the article as JSON on its input' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l star -d 'Star them'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l read -d 'Mark them as read'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l mute -d 'Hide them from every list but that of `is:muted`'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l notify -d 'Tell of them, once for all that a poll brings'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l fulltext -d 'Fetch the whole articles from their pages'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from remove" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from remove" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from remove" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from remove" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from try" -l feed -d 'Only articles of this feed: its id, its URL or a part of its title' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from try" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from try" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from try" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from try" -l json -d 'Print a JSON object'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from try" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from try" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from apply" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from apply" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from apply" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from apply" -l yes -d 'Really do it'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from apply" -l json -d 'Print a JSON object'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from apply" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "add" -d 'Make a rule for what comes from now on, in place of one of this name'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "remove" -d 'End rules; what they have done stays'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "try" -d 'Show what the archive has for a query or a rule, and change nothing'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "apply" -d 'Apply a rule to the archive; without --yes, only show to what'
complete -c kabar -n "__fish_kabar_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -f -a "follow" -d 'Follow a topic by its name, such as `Rusia-AS` or `inflasi`; again to add to one that is followed'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -f -a "unfollow" -d 'Follow a topic no longer'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -f -a "teach" -d 'Say that articles belong to a topic, or do not'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -f -a "suggest" -d 'List what the most outlets tell of just now'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -f -a "list" -d 'List the topics that are followed'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and not __fish_seen_subcommand_from follow unfollow teach suggest list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from follow" -l query -d 'What matches belongs to the topic, too' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from follow" -l example -d 'An article that belongs to it; may be given again' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from follow" -l not -d 'An article that does not belong to it; may be given again' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from follow" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from follow" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from follow" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from follow" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from follow" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from unfollow" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from unfollow" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from unfollow" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from unfollow" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from unfollow" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from teach" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from teach" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from teach" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from teach" -l yes -d 'They belong to it'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from teach" -l no -d 'They do not'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from teach" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from teach" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from suggest" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from suggest" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from suggest" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from suggest" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from suggest" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from suggest" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from list" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from list" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from list" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from list" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from list" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from help" -f -a "follow" -d 'Follow a topic by its name, such as `Rusia-AS` or `inflasi`; again to add to one that is followed'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from help" -f -a "unfollow" -d 'Follow a topic no longer'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from help" -f -a "teach" -d 'Say that articles belong to a topic, or do not'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from help" -f -a "suggest" -d 'List what the most outlets tell of just now'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the topics that are followed'
complete -c kabar -n "__fish_kabar_using_subcommand topics; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -l query -d 'Only stories with an article that matches, such as `newer:24h`' -r
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -l limit -d 'At most so many; all without it' -r
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -l json -d 'Print a JSON array, stories of one article among them'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -f -a "split" -d 'Take articles out of their story, for good'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -f -a "merge" -d 'Make one story of those that these articles are in, for good'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and not __fish_seen_subcommand_from split merge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from split" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from split" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from split" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from split" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from split" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from merge" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from merge" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from merge" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from merge" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from help" -f -a "split" -d 'Take articles out of their story, for good'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from help" -f -a "merge" -d 'Make one story of those that these articles are in, for good'
complete -c kabar -n "__fish_kabar_using_subcommand stories; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand doctor" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand doctor" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand doctor" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand doctor" -l repair -d 'Count anew what the store keeps counted, where that is off'
complete -c kabar -n "__fish_kabar_using_subcommand doctor" -l json -d 'Print a JSON array'
complete -c kabar -n "__fish_kabar_using_subcommand doctor" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -f -a "path" -d 'Print where config.toml is looked for'
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -f -a "show" -d 'Print the settings in force'
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -f -a "default" -d 'Print all settings at their defaults, each with its description'
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -f -a "check" -d 'Check config.toml, keys.toml and the theme'
complete -c kabar -n "__fish_kabar_using_subcommand config; and not __fish_seen_subcommand_from path show default check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from path" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from path" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from path" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from path" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from show" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from show" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from show" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from show" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from default" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from default" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from default" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from default" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from default" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from check" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from check" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from check" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from check" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print where config.toml is looked for'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print the settings in force'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "default" -d 'Print all settings at their defaults, each with its description'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check config.toml, keys.toml and the theme'
complete -c kabar -n "__fish_kabar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand keys" -l format -r -f -a "text\t''
markdown\t''"
complete -c kabar -n "__fish_kabar_using_subcommand keys" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand keys" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand keys" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand keys" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand keys" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand completions" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand completions" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand completions" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand completions" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand completions" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand man" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand man" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand man" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand man" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand man" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand demo" -l config-dir -d 'Where config.toml, keys.toml and themes/ are' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand demo" -l data-dir -d 'Where the articles are stored' -r -F
complete -c kabar -n "__fish_kabar_using_subcommand demo" -l log-level -d 'What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`' -r
complete -c kabar -n "__fish_kabar_using_subcommand demo" -l headless -d 'Print the headlines instead of opening the interface'
complete -c kabar -n "__fish_kabar_using_subcommand demo" -l ascii -d 'Draw with ASCII characters only'
complete -c kabar -n "__fish_kabar_using_subcommand demo" -s h -l help -d 'Print help'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "add" -d 'Subscribe to feeds'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "remove" -d 'End subscriptions'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "feeds" -d 'List the subscriptions'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "edit" -d 'Change a subscription'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "import" -d 'Take over subscriptions from an OPML document or newsboat\'s list'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "export" -d 'Write the subscriptions, or articles'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "refresh" -d 'Ask the feeds that are due for what is new'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "watch" -d 'Keep asking, in the foreground, until stopped'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "list" -d 'List headlines, newest first'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "search" -d 'Search the archive, the best first'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "show" -d 'Print one article'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "preview" -d 'Parse a feed without subscribing to it'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "extract" -d 'Print the article of a web page, and nothing but the article'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "mark" -d 'Mark articles as read, unread, starred, muted or not'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "tag" -d 'Put a tag on articles, or take it off'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "tags" -d 'List the tags, make several one, undo that'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "views" -d 'List the saved views, save one, forget one'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "rules" -d 'List the rules, make one, try it over the archive, apply it, end it'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "topics" -d 'Follow topics, and list those that are followed'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "stories" -d 'List what happened, each event once however many tell of it'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "doctor" -d 'Check settings, store, feeds and terminal, and say what to do about each fault'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "config" -d 'Show and check the settings'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "keys" -d 'Print the default keys'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "completions" -d 'Print the completions for a shell'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "man" -d 'Print the manual page, or write the pages of all commands'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "demo" -d 'Look around in a throw-away store with sample feeds, without a network'
complete -c kabar -n "__fish_kabar_using_subcommand help; and not __fish_seen_subcommand_from add remove feeds edit import export refresh watch list search show preview extract mark tag tags views rules topics stories doctor config keys completions man demo help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from tag" -f -a "add" -d 'Put a tag of yours on articles'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from tag" -f -a "remove" -d 'Take a tag of yours off articles; the publisher\'s stay'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from tags" -f -a "merge" -d 'Make tags one: what comes under their names later, too'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from tags" -f -a "split" -d 'Undo merges: each tag gets back what came under its name'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from tags" -f -a "merges" -d 'List the merges'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from views" -f -a "save" -d 'Save a query under a name, over an older one of this name'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from views" -f -a "remove" -d 'Forget a view'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "add" -d 'Make a rule for what comes from now on, in place of one of this name'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "remove" -d 'End rules; what they have done stays'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "try" -d 'Show what the archive has for a query or a rule, and change nothing'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "apply" -d 'Apply a rule to the archive; without --yes, only show to what'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from topics" -f -a "follow" -d 'Follow a topic by its name, such as `Rusia-AS` or `inflasi`; again to add to one that is followed'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from topics" -f -a "unfollow" -d 'Follow a topic no longer'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from topics" -f -a "teach" -d 'Say that articles belong to a topic, or do not'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from topics" -f -a "suggest" -d 'List what the most outlets tell of just now'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from topics" -f -a "list" -d 'List the topics that are followed'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from stories" -f -a "split" -d 'Take articles out of their story, for good'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from stories" -f -a "merge" -d 'Make one story of those that these articles are in, for good'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print where config.toml is looked for'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print the settings in force'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "default" -d 'Print all settings at their defaults, each with its description'
complete -c kabar -n "__fish_kabar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Check config.toml, keys.toml and the theme'
