namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>What stands between a message's time and its author.</summary>
internal enum HeaderEnd : byte
{
    /// <summary><c>[04/03/25, 14:05:09] Ann</c>, as on iOS.</summary>
    Bracket,

    /// <summary><c>04/03/25, 14:05 - Ann</c>, as on Android.</summary>
    Dash,

    /// <summary><c>04-03-25 14:05:09: Ann</c>, as of old.</summary>
    Colon,
}
