using System.Globalization;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes the export of an organisation as Zulip does: realm.json, and messages in numbered files.</summary>
internal sealed class ZulipExport
{
    private readonly SortedDictionary<int, List<string>> _files = [];

    /// <summary>An export with what is awkward in the platform's.</summary>
    public static TestExport Small() => Oddities().ToExport();

    public static ZulipExport Oddities() => new ZulipExport()
        .Message(1, 103, 12, 31, "random", "later, in the first file", 1554200000)
        .Message(1, 102, 11, 31, "launch \\u2714", "ack @**Bob** :rocket: \\ud83d\\ude00", 1554100600, "\"last_edit_time\":1554100700.5,\"edit_history\":\"[{}]\"")
        .Message(2, 101, 12, 31, "launch \\u2714", "see [notes.txt](/user_uploads/2/ab/notes.txt) please", 1554100000.25)
        .Message(2, 104, 11, 33, "\\u0007", "hi Bob", 1554300000)
        .Message(2, 105, 12, 34, "", "hi Ann", 1554300001)
        .Message(2, 106, 11, 34, "", "note to self", 1554300002)
        .Message(2, 107, 11, 35, "", "all three", 1554300003)
        .Message(2, 108, 13, 31, "launch \\u2714", "Build passed", 1554300004)
        .Message(10, 110, 12, 31, "random", "[b.png](/user_uploads/2/cd/b.png)", 1554300006)
        .Message(10, 111, 12, 31, "random", "", 1554300007);

    public ZulipExport Message(
        int file, int id, int sender, int recipient, string topic, string content, double sent, string more = "\"last_edit_time\":null,\"edit_history\":null")
    {
        if (!_files.TryGetValue(file, out var messages))
            _files[file] = messages = [];
        messages.Add(string.Create(CultureInfo.InvariantCulture, $$"""
                {"id": {{id}}, "sender": {{sender}}, "recipient": {{recipient}}, "realm": 2, "subject": "{{topic}}", "content": "{{content}}",
                 "rendered_content": "<p>no</p>", "rendered_content_version": 1, "date_sent": {{sent}}, "sending_client": 1, {{more}}, "has_attachment": false}
            """));
        return this;
    }

    /// <summary>The files, all below a folder; realm.json only where it is wanted.</summary>
    public TestExport ToExport(bool withRealm = true)
    {
        var export = new TestExport();
        foreach (var (number, messages) in _files)
            export.With($"zulip-export/messages-{number:000000}.json", $$"""
                {
                  "zerver_message": [
                {{string.Join(",\n", messages)}}
                  ],
                  "zerver_usermessage": [{"id": 301, "user_profile": 11, "flags_mask": 1, "message": 101}],
                  "zerver_reaction": []
                }
                """);
        return withRealm ? export.With("zulip-export/realm.json", Realm) : export;
    }

    private const string Realm = """
        {"zerver_subscription": [{"id": 1, "user_profile": 11, "recipient": 35}, {"id": 2, "user_profile": 12, "recipient": 35},
            {"id": 3, "user_profile": 13, "recipient": 35}, {"id": 4, "user_profile": 11, "recipient": 31}],
         "zerver_realm": [{"id": 2, "string_id": "crabs", "name": "Crabs", "date_created": 1546300800.125}],
         "zerver_stream": [{"id": 21, "name": "general", "description": "x"}],
         "zerver_recipient": [{"id": 31, "type": 2, "type_id": 21}, {"id": 33, "type": 1, "type_id": 12}, {"id": 34, "type": 1, "type_id": 11},
            {"id": 35, "type": 3, "type_id": 1}],
         "zerver_userprofile": [{"id": 11, "full_name": "Ann", "email": "user11@example.org", "is_bot": false},
            {"id": 12, "full_name": "Bob", "email": "user12@example.org", "is_bot": false}, {"id": 13, "full_name": "Crab", "is_bot": true}],
         "zerver_userprofile_crossrealm": [{"id": 14, "email": "notification-bot@zulip.com"}, {"id": 15, "email": "welcome-bot@zulip.com"}]}
        """;
}
