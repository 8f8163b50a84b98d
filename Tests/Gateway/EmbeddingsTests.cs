using System.Net;
using System.Text;
using System.Text.Json;

namespace ChatAnalysis.Tests.Gateway;

public sealed class EmbeddingsTests
{
    [Fact]
    public async Task An_array_of_texts_is_answered_as_OpenAI_does()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await PostAsync(gateway, """{"input":["ab","c"],"model":"test-model","user":"u","anything":{}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """
            {"object":"list","data":[{"object":"embedding","index":0,"embedding":[2,0,0.125]},
            {"object":"embedding","index":1,"embedding":[1,1,0.125]}],
            "model":"test-model","usage":{"prompt_tokens":4,"total_tokens":4}}
            """.Replace("\n", "", StringComparison.Ordinal),
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task One_text_may_stand_alone_and_the_model_may_be_left_out()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await PostAsync(gateway, """{"input":"ab","encoding_format":"float","dimensions":3,"model":null}""");

        var vector = (await DataAsync(response))[0].GetProperty("embedding").Deserialize<float[]>();
        Assert.Equal([2, 0, 0.125f], vector!);
    }

    [Fact]
    public async Task Base64_is_the_vectors_little_endian_floats()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await PostAsync(gateway, """{"input":"ab","model":"test-model","encoding_format":"base64"}""");

        Assert.Equal("AAAAQAAAAAAAAAA+", (await DataAsync(response))[0].GetProperty("embedding").GetString());
    }

    [Theory]
    [InlineData("\"\\u0000\"", "\0")]
    [InlineData("\"a\\u0000\\u0007\\u001fb\"", "a\0\a\u001fb")]
    [InlineData("\" \"", " ")]
    [InlineData("\"\\ud83c\\udf89\"", "🎉")]
    public async Task Any_text_that_is_not_empty_is_embedded_as_it_is(string json, string text)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await PostAsync(gateway, $$"""{"input":[{{json}}],"model":"test-model"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([text], gateway.Embedding.Requests.Single().Texts);
    }

    [Theory]
    [InlineData("""{"input":"a","model":"text-embedding-3-small"}""", HttpStatusCode.NotFound, "model", "model_not_found")]
    [InlineData("""{"input":"a","model":7}""", HttpStatusCode.BadRequest, "model", null)]
    [InlineData("""{"model":"test-model"}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":""}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":[]}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":["a",""]}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":null}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":[1,2]}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":[[1,2],[3]]}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":{"text":"a"}}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":"\ud800"}""", HttpStatusCode.BadRequest, "input", null)]
    [InlineData("""{"input":"a","encoding_format":"\ud800"}""", HttpStatusCode.BadRequest, null, null)]
    [InlineData("""{"\ud800":1,"input":"a"}""", HttpStatusCode.BadRequest, null, null)]
    [InlineData("""{"input":"a","encoding_format":"hex"}""", HttpStatusCode.BadRequest, "encoding_format", null)]
    [InlineData("""{"input":"a","dimensions":2}""", HttpStatusCode.BadRequest, "dimensions", null)]
    [InlineData("""{"input":"a","dimensions":"3"}""", HttpStatusCode.BadRequest, "dimensions", null)]
    [InlineData("""{"input":"a" """, HttpStatusCode.BadRequest, null, null)]
    [InlineData("\"a\"", HttpStatusCode.BadRequest, null, null)]
    public async Task A_request_that_is_wrong_gets_the_error_that_OpenAIs_clients_read(
        string body, HttpStatusCode status, string? param, string? code)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await PostAsync(gateway, body);

        Assert.Equal(status, response.StatusCode);
        var error = (await TestGateway.JsonAsync(response)).GetProperty("error");
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal((param, code), (error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
        Assert.Empty(gateway.Embedding.Requests);
    }

    [Theory]
    [InlineData(2048, HttpStatusCode.OK)]
    [InlineData(2049, HttpStatusCode.BadRequest)]
    public async Task At_most_2048_texts_are_taken(int count, HttpStatusCode status)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await PostAsync(gateway, JsonSerializer.Serialize(new { input = Enumerable.Repeat("a", count) }));

        Assert.Equal(status, response.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(TestGateway gateway, string body) =>
        gateway.Client.PostAsync(new Uri("/v1/embeddings", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> DataAsync(HttpResponseMessage response) =>
        (await TestGateway.JsonAsync(response)).GetProperty("data");
}
