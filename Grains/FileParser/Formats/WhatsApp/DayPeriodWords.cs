using System.Collections.Frozen;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>The words for the halves of the day in the languages that WhatsApp speaks (CLDR's, and those seen in exports).</summary>
internal static class DayPeriodWords
{
    private const int LongestInBytes = 48;

    private static readonly FrozenDictionary<string, DayPeriod> Words = Make(
        (DayPeriod.Morning,
            "am ص صباحا قظ πμ de ap fm dop öö sa pg дп прк to pd vm priešpiet priekšp претпл पूर्वाह्न पूर्वा לפנהצ rn fh sf ጥዋት පෙව "
            + "နံနက် ກ່ອນທ່ຽງ үө тң 上午 午前 早上 清晨 凌晨 半夜 午夜 오전 ก่อนเที่ยง পূর্বাহ্ণ முற்பகல் म.पू"),
        (DayPeriod.Afternoon,
            "pm م مساء بظ μμ du ip em odp pop ös ch ptg пп слоб tk md nm popiet pēcp попл अपराह्न अपरा אחהצ in eh ym ከሰዓት පව "
            + "ညနေ ຫຼັງທ່ຽງ үх тк 下午 午後 傍晚 晚上 오후 หลังเที่ยง অপরাহ্ণ பிற்பகல் म.उ"),
        (DayPeriod.Noon, "中午 正午"));

    private static readonly FrozenSet<string> Units = FrozenSet.ToFrozenSet(["ч", "h", "hs", "uhr", "น", "be"]);

    /// <summary>What a word beside the time says.</summary>
    /// <param name="word">The word, as it is written: dots, spaces and quotes in it do not count.</param>
    /// <param name="period">The half of the day; none where the word is a mere unit, such as Uhr.</param>
    /// <returns>False for an unknown word.</returns>
    public static bool TryFind(ReadOnlySpan<byte> word, out DayPeriod period)
    {
        period = DayPeriod.None;
        if (word is [var first, (byte)'M' or (byte)'m'] && (first | 0x20) is (byte)'a' or (byte)'p')
        {
            period = (word[0] | 0x20) == 'a' ? DayPeriod.Morning : DayPeriod.Afternoon;
            return true;
        }

        if (word.Length > LongestInBytes)
            return false;
        var plain = Plain(Encoding.UTF8.GetString(word));
        return Words.TryGetValue(plain, out period) || Units.Contains(plain);
    }

    private static string Plain(string word) =>
        string.Concat(word.Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '"' or '״' or '\'' or '’') && !BidiMarks.Is(c)))
            .ToLowerInvariant();

    private static FrozenDictionary<string, DayPeriod> Make(params (DayPeriod Period, string Words)[] groups) =>
        groups.SelectMany(group => group.Words.Split(' ').Select(word => (Word: Plain(word), group.Period)))
            .DistinctBy(entry => entry.Word)
            .ToFrozenDictionary(entry => entry.Word, entry => entry.Period);
}
