using System.Globalization;
using System.Net;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

public sealed class SearchTests
{
    [Fact]
    public async Task A_hit_is_shown_with_all_that_is_known_of_the_message()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var sent = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));
        gateway.Index.SearchResult = new SearchResult(true,
        [
            new SearchHit(11, "Grüße\0", 0.75f, "Ann", "user", sent, "openai", "Trip", "u1", "a.json")
            {
                AuthorId = "U1",
                Zone = SentZone.Given,
                ConversationId = "C1",
                ReplyTo = "m0",
                Attachments = ["plan.pdf"],
                Edited = true,
            },
            new SearchHit(12, "", -0.5f, null, null, null, "prototype", null, "u1", "b.json"),
        ]);

        using var response = await gateway.GetAsync("/v1/search?q=hello");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""
            {"hits":[{"text":"Grüße\u0000","score":0.75,"author":"Ann","author_id":"U1","role":"user","time":"2025-01-02T03:04:05+01:00",
            "zone":"given","conversation":"Trip","conversation_id":"C1","platform":"openai",
            "reply_to":"m0","attachments":["plan.pdf"],"edited":true,"upload":"u1","file":"a.json","id":11},
            {"text":"","score":-0.5,"author":null,"author_id":null,"role":null,"time":null,
            "zone":null,"conversation":null,"conversation_id":null,"platform":"prototype",
            "reply_to":null,"attachments":[],"edited":false,"upload":"u1","file":"b.json","id":12}]}
            """.Replace("\n", "", StringComparison.Ordinal), await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/v1/search?q=hello", 10)]
    [InlineData("/v1/search?q=hello&limit=1", 1)]
    [InlineData("/v1/search?q=hello&limit=100", 100)]
    public async Task The_query_is_embedded_ahead_of_bulk_work_and_its_vector_is_searched_for(string path, int limit)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(gateway.Embedding.Requests.Single().Interactive);
        var query = gateway.Index.Queries.Single();
        Assert.Equal((FakeEmbeddingGrain.TestModel, limit), (query.Model, query.Limit));
        Assert.Equal(FakeEmbeddingGrain.VectorOf("hello", 0), query.Vector.ToArray());
    }

    [Fact]
    public async Task The_longest_query_is_taken_in_any_script()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var longest = new string('語', 2000);

        using var response = await gateway.GetAsync($"/v1/search?q={Uri.EscapeDataString(longest)}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(longest, gateway.Embedding.Requests.Single().Texts.Single());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=%20%20")]
    [InlineData("?q=a&limit=0")]
    [InlineData("?q=a&limit=101")]
    [InlineData("?q=a&limit=ten")]
    public async Task A_query_that_cannot_be_answered_is_400(string query)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync($"/v1/search{query}");

        await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Empty(gateway.Embedding.Requests);
    }

    [Fact]
    public async Task Filters_narrow_the_search()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var since = new DateTimeOffset(2025, 1, 31, 14, 5, 0, TimeSpan.FromHours(1));

        using var all = await gateway.GetAsync("/v1/search?q=a&platform=Slack&conversation=general&participant=Ann&author=U1&role=User"
            + "&since=2025-01-31T14:05:00%2B01:00&until=2025-02-01");
        using var none = await gateway.GetAsync("/v1/search?q=a&platform=&since=");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (all.StatusCode, none.StatusCode));
        var until = new DateTimeOffset(2025, 2, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(new MessageFilter("slack", "general", "Ann", "U1", "user", since, until), gateway.Index.Queries[0].Filter);
        Assert.Equal(new MessageFilter(), gateway.Index.Queries[1].Filter);
    }

    [Theory]
    [InlineData("2025-01-31T14:05", "2025-01-31T14:05:00Z")]
    [InlineData("2025-01-31T14:05Z", "2025-01-31T14:05:00Z")]
    [InlineData("2025-01-31T14:05:06.789Z", "2025-01-31T14:05:06.789Z")]
    [InlineData("2025-01-31T14:05:06+01:00", "2025-01-31T14:05:06+01:00")]
    [InlineData("2025-01-31T14:05:06-03:30", "2025-01-31T14:05:06-03:30")]
    public async Task A_time_is_taken_as_ISO_8601_writes_it_and_as_UTC_where_it_has_no_zone(string since, string moment)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync($"/v1/search?q=a&since={since}");

        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), gateway.Index.Queries.Single().Filter.Since);
    }

    [Theory]
    [InlineData("since=yesterday", "2025-01-31T14:05:00Z")]
    [InlineData("since=31.01.2025", "2025-01-31T14:05:00Z")]
    [InlineData("until=2025-02-30", "2025-01-31T14:05:00Z")]
    [InlineData("until=2025", "2025-01-31T14:05:00Z")]
    [InlineData("until=2025-01-31&since=2025-01-31", "after since")]
    public async Task A_time_that_is_none_is_400_and_says_what_would_be_right(string query, string right)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync($"/v1/search?q=a&{query}");

        var detail = (await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest)).GetProperty("detail").GetString();
        Assert.StartsWith(query.Split('=')[0], detail, StringComparison.Ordinal);
        Assert.Contains(right, detail, StringComparison.Ordinal);
        Assert.Empty(gateway.Embedding.Requests);
    }

    [Fact]
    public async Task A_query_longer_than_the_limit_is_400()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync($"/v1/search?q={new string('a', 2001)}");

        await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_query_of_another_model_than_the_indexs_is_409_with_both_names_and_what_to_do()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var indexModel = new ModelId("index-model", new string('b', 64));
        gateway.Index.SearchResult = new SearchResult(ModelMatches: false, []);
        gateway.Index.Status = gateway.Index.Status with { Model = indexModel };

        using var response = await gateway.GetAsync("/v1/search?q=hello");

        var detail = (await TestGateway.ProblemAsync(response, HttpStatusCode.Conflict)).GetProperty("detail").GetString();
        Assert.Contains(indexModel.ToString(), detail, StringComparison.Ordinal);
        Assert.Contains(FakeEmbeddingGrain.TestModel.ToString(), detail, StringComparison.Ordinal);
        Assert.Contains("DATA_DIR", detail, StringComparison.Ordinal);
    }
}
