using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Telegram;

/// <summary>Reads polls: the question, and behind it the answers, a line each.</summary>
/// <param name="reading">The walk.</param>
internal sealed class TelegramPoll(ChatReading reading)
{
    private static readonly JsonKeys Keys = new("question", "answers");

    private readonly TelegramParts _question = new(reading);
    private readonly TelegramParts _answers = new(reading);

    /// <summary>Takes the poll at hand, an object.</summary>
    /// <param name="standIn">What to give back where it has words and texts are not wanted.</param>
    public string Read(string standIn)
    {
        var json = reading.Json;
        _question.Begin();
        _answers.Begin();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(Keys), json.Kind)
            {
                case (0, JsonKind.Text):
                    _question.Join(json.WantsTexts);
                    break;
                case (1, JsonKind.Array):
                    json.Enter();
                    while (reading.GoesOn && json.NextElement())
                        if (json.Kind == JsonKind.Object)
                            _answers.Part(json.WantsTexts, onItsOwnLine: true);
                    break;
                default:
                    break;
            }

        if (_question.Bytes + _answers.Bytes == 0)
            return "";
        return json.WantsTexts ? (_question.Text + _answers.Text).TrimStart('\n') : standIn;
    }
}
