using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>A method of a grain as it stands on the wire: its name, and what is sent and answered as JSON.</summary>
/// <param name="name">The name, the same at both ends.</param>
/// <typeparam name="TCall">What is sent.</typeparam>
/// <typeparam name="TAnswer">What is answered.</typeparam>
internal sealed class GrainMethod<TCall, TAnswer>(string name)
{
    private readonly JsonTypeInfo<TCall> _call = (JsonTypeInfo<TCall>)GrainJson.Default.GetTypeInfo(typeof(TCall))!;
    private readonly JsonTypeInfo<TAnswer> _answer = (JsonTypeInfo<TAnswer>)GrainJson.Default.GetTypeInfo(typeof(TAnswer))!;

    public string Name { get; } = name;

    public byte[] WriteCall(TCall call) => JsonSerializer.SerializeToUtf8Bytes(call, _call);

    public TCall ReadCall(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, _call)!;

    public byte[] WriteAnswer(TAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, _answer);

    public TAnswer ReadAnswer(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, _answer)!;
}
