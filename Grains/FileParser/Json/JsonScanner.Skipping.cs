using System.Numerics;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>Passes over values.</content>
internal sealed partial class JsonScanner
{
    /// <summary>Passes over the value at hand.</summary>
    public void Skip() => SkipPending();

    private void SkipPending()
    {
        if (!_pending)
            return;
        _pending = false;
        _keep = None;
        switch (Kind)
        {
            case JsonKind.Text:
                TakenTo(Next());
                break;
            case JsonKind.Object or JsonKind.Array when _trusted:
                SkipByCounting();
                break;
            case JsonKind.Object or JsonKind.Array:
                SkipChecked();
                break;
            default:
                TakeScalar();
                break;
        }
    }

    /// <summary>Walks the container at hand to its end, holding it to the grammar.</summary>
    private void SkipChecked()
    {
        var floor = _depth;
        var at = _valueStart;

    Value:
        switch (Byte(at))
        {
            case (byte)'"':
                if (Next() < 0)
                    goto Broken;
                goto AfterValue;
            case (byte)'{':
                _valueStart = at;
                if (!Push(isObject: true))
                    return;
                at = Next();
                if (Byte(at) == (byte)'}')
                    goto Close;
                goto Key;
            case (byte)'[':
                _valueStart = at;
                if (!Push(isObject: false))
                    return;
                at = Next();
                if (Byte(at) == (byte)']')
                    goto Close;
                goto Value;
            default:
                _valueStart = at;
                if (at < 0 || !TakeScalar())
                    goto Broken;
                goto AfterValue;
        }

    Key:
        if (Byte(at) != (byte)'"')
        {
            Expected("a key in double quotes", at);
            return;
        }

        Next();
        at = Next();
        if (Byte(at) != (byte)':')
        {
            Expected("a colon after the key", at);
            return;
        }

        at = Next();
        goto Value;

    Close:
        Pop(at);

    AfterValue:
        if (_depth == floor)
            return;
        at = Next();
        var inObject = (_objects[(_depth - 1) >> 6] & (1UL << (_depth - 1))) != 0;
        switch (Byte(at))
        {
            case (byte)',':
                at = Next();
                if (inObject)
                    goto Key;
                goto Value;
            case (byte)'}' when inObject:
            case (byte)']' when !inObject:
                goto Close;
            default:
                Expected(inObject ? "a comma or a closing brace" : "a comma or a closing bracket", at);
                return;
        }

    Broken:
        EndsEarly();
    }

    /// <summary>Passes over the container at hand by counting brackets: enough where an earlier walk has checked the file.</summary>
    private void SkipByCounting()
    {
        var open = 1;
        var ahead = ~1UL << (_valueStart - _block);
        while (true)
        {
            var opens = _opening & ahead;
            var closes = _closing & ahead;
            if (BitOperations.PopCount(closes) >= open && CloseWithin(open, opens, closes))
                return;
            open += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
            ahead = ulong.MaxValue;
            if (!NextBlock())
            {
                EndsEarly();
                return;
            }
        }
    }

    /// <summary>Stops behind the bracket that closes the last of the open containers, where it stands in the block at hand.</summary>
    private bool CloseWithin(int open, ulong opens, ulong closes)
    {
        for (; closes != 0; closes &= closes - 1)
        {
            var at = BitOperations.TrailingZeroCount(closes);
            if (--open + BitOperations.PopCount(opens & ((1UL << at) - 1)) != 0)
                continue;
            _structure &= ~1UL << at;
            TakenTo(_block + at);
            return true;
        }

        return false;
    }
}
