namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Which of a conversation's messages follow which, where an answer was asked for again or a question put anew.</summary>
/// <remarks>Nothing here trusts the links: they may lead nowhere, or in a circle.</remarks>
internal sealed class MessageTree
{
    private const int None = -1;

    private readonly IReadOnlyList<HeldMessage> _messages;
    private readonly Dictionary<UInt128, int> _places = [];
    private readonly int[] _parents;
    private readonly int[] _firstChild;
    private readonly int[] _nextSibling;
    private readonly long[] _times;

    /// <summary>Links the messages.</summary>
    /// <param name="messages">The messages; a parent that is none of them is no link.</param>
    /// <param name="children">Further links: the place of a message, and the key of one that follows it.</param>
    public MessageTree(IReadOnlyList<HeldMessage> messages, IReadOnlyList<(int Parent, UInt128 Child)> children)
    {
        _messages = messages;
        for (var i = 0; i < messages.Count; i++)
            if (messages[i].Key != 0)
                _places.TryAdd(messages[i].Key, i);
        _parents = [.. messages.Select(message => Find(message.Parent))];
        foreach (var (parent, child) in children)
            if (Find(child) is >= 0 and var at && _parents[at] == None && messages[at].Parent == 0)
                _parents[at] = parent;
        HasLinks = _parents.Any(parent => parent != None);
        (_firstChild, _nextSibling) = (Filled(None), Filled(None));
        for (var i = messages.Count - 1; i >= 0; i--)
            if (_parents[i] is >= 0 and var parent)
                (_nextSibling[i], _firstChild[parent]) = (_firstChild[parent], i);
        _times = TimesByAncestors();
    }

    /// <summary>Whether any message follows another.</summary>
    public bool HasLinks { get; }

    /// <summary>The place of the message with a key; negative where there is none.</summary>
    public int Find(UInt128 key) => key != 0 && _places.TryGetValue(key, out var at) ? at : None;

    /// <summary>The newest message at the end of a branch; of equally new ones the last in the file. Negative where there is none.</summary>
    public int NewestLeaf()
    {
        var newest = None;
        for (var i = 0; i < _messages.Count; i++)
            newest = Newer(newest, i);
        return newest;
    }

    /// <summary>The newest message at the end of a branch that leads through another message; that itself where none follows it.</summary>
    public int NewestLeafBelow(int message)
    {
        var newest = None;
        var seen = new HashSet<int> { message };
        var open = new Stack<int>([message]);
        while (open.TryPop(out var at))
        {
            newest = Newer(newest, at);
            for (var child = _firstChild[at]; child != None; child = _nextSibling[child])
                if (seen.Add(child))
                    open.Push(child);
        }

        return newest == None ? message : newest;
    }

    /// <summary>The branch that ends with a message, from its beginning.</summary>
    public List<int> BranchTo(int leaf)
    {
        var branch = new List<int>();
        var seen = new HashSet<int>();
        for (var at = leaf; at != None && seen.Add(at); at = _parents[at])
            branch.Add(at);
        branch.Reverse();
        return branch;
    }

    /// <summary>
    /// The active branch: the newest, or that of the message which is said to be its end. Where the links are torn, and there are
    /// several trees, that of each: messages are alternatives only where they follow the same one.
    /// </summary>
    public List<int> ActiveBranches(UInt128 leaf)
    {
        var roots = Roots();
        var ends = new Dictionary<UInt128, int>();
        for (var i = 0; i < _messages.Count; i++)
            if (roots[i] != None)
                ends[Tree(roots[i])] = Newer(ends.GetValueOrDefault(Tree(roots[i]), None), i);
        if (Find(leaf) is >= 0 and var active && roots[active] != None)
            ends[Tree(roots[active])] = active;
        return [.. ends.Values.Where(end => end != None).Select(BranchTo).OrderBy(branch => _times[branch[0]]).SelectMany(branch => branch)];
    }

    /// <summary>All messages in the order of their times; one without a time stays behind the one before it.</summary>
    /// <param name="isPerson">Whether a message is a person's: of the same moment, the question stands before its answer.</param>
    public List<int> ByTime(Func<HeldMessage, bool> isPerson)
    {
        var times = new long[_messages.Count];
        for (var i = 0; i < times.Length; i++)
            times[i] = _messages[i].Sent?.At.UtcTicks ?? (i == 0 ? long.MinValue : times[i - 1]);
        var order = Enumerable.Range(0, times.Length).OrderBy(i => times[i]).ToList();
        for (int first = 0, end; first < order.Count; first = end)
        {
            for (end = first + 1; end < order.Count && times[order[end]] == times[order[first]];)
                end++;
            if (end - first > 1 && !isPerson(_messages[order[first]]))
                PutPersonsFirst(order, first, end, isPerson);
        }

        return order;
    }

    private void PutPersonsFirst(List<int> order, int first, int end, Func<HeldMessage, bool> isPerson)
    {
        var run = order.GetRange(first, end - first);
        if (run.Any(i => _messages[i].Sent is null))
            return;
        var persons = new Queue<int>(run.Where(i => isPerson(_messages[i])));
        var others = new Queue<int>(run.Where(i => !isPerson(_messages[i])));
        for (var at = first; at < end;)
        {
            if (persons.TryDequeue(out var person))
                order[at++] = person;
            if (others.TryDequeue(out var other))
                order[at++] = other;
        }
    }

    private int Newer(int newest, int candidate) =>
        _firstChild[candidate] == None && (newest == None || _times[candidate] >= _times[newest]) ? candidate : newest;

    /// <summary>Two trees are alternatives where both begin behind the same message, which the export leaves out.</summary>
    private UInt128 Tree(int root) => _messages[root].Parent is var parent && parent == 0 ? (UInt128)(uint)root << 1 : parent;

    /// <summary>The message that each one's branch begins with; none in a circle.</summary>
    private int[] Roots()
    {
        const int Unknown = -2;
        var roots = Filled(Unknown);
        var passed = new List<int>();
        for (var i = 0; i < roots.Length; i++)
        {
            var at = i;
            for (; roots[at] == Unknown; at = _parents[at])
            {
                passed.Add(at);
                roots[at] = None;
                if (_parents[at] == None)
                {
                    roots[at] = at;
                    break;
                }
            }

            passed.ForEach(place => roots[place] = roots[at]);
            passed.Clear();
        }

        return roots;
    }

    /// <summary>When each was sent, or else what it follows.</summary>
    private long[] TimesByAncestors()
    {
        const long Unknown = -1;
        var times = new long[_messages.Count];
        for (var i = 0; i < times.Length; i++)
            times[i] = _messages[i].Sent?.At.UtcTicks ?? Unknown;
        var passed = new List<int>();
        for (var i = 0; i < times.Length; i++)
        {
            var at = i;
            for (; at != None && times[at] == Unknown; at = _parents[at])
            {
                passed.Add(at);
                times[at] = 0; // ends circles
            }

            passed.ForEach(place => times[place] = at == None ? 0 : times[at]);
            passed.Clear();
        }

        return times;
    }

    private int[] Filled(int value)
    {
        var numbers = new int[_messages.Count];
        Array.Fill(numbers, value);
        return numbers;
    }
}
