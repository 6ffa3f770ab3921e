using Equaticket.Engine.Errors;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Input;

/// <summary>Text is a single line unless the schema says otherwise, and invisible text is blank.</summary>
public sealed class OneLineTextTests : ApiTest
{
    private static readonly string[] Several = ["description", "reason", "venueAddress"];

    private static readonly string[] Breaks =
        ["\n", "\r", "\t", "\u0001", "\u001b", "\u007f", "\u0085", "\u009f", "\u2028", "\u2029"];

    public static TheoryData<string> Invisible => ["\u200b", "\u200c\u200d", "\u2060", "\ufeff", "\u00ad",
        " \u200b \u00a0", "\u3000\u200e", "\u061c", "\u2066\u2069", "\udb40\udc41", "\u180e", "\u2003"];

    [Fact]
    public void Every_text_is_a_single_line_except_those_that_may_have_several()
    {
        var texts = Texts().ToList();
        Assert.All(Several, name => Assert.Contains(texts, text => text.Name == name));
        Assert.Contains(texts, text => text.Name == "buyerName");
        Assert.All(texts, text => Assert.All(Breaks, character =>
        {
            if (!Several.Contains(text.Name))
                Assert.Throws<InvalidInputException>(() => text.Parse($"a{character}b"));
        }));
    }

    [Fact]
    public void A_text_of_several_lines_is_returned_unchanged()
    {
        foreach (var text in Texts().Where(text => Several.Contains(text.Name)))
            Assert.Equal("a\r\n\tb\u2028c", text.Parse(" a\r\n\tb\u2028c\n"));
    }

    [Theory]
    [MemberData(nameof(Invisible))]
    public void Invisible_text_is_blank(string invisible)
    {
        foreach (var text in Texts())
        {
            try
            {
                Assert.Null(text.Parse(invisible));
            }
            catch (InvalidInputException refusal)
            {
                Assert.Contains("blank", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Invisible_characters_between_visible_ones_are_kept()
    {
        var made = await Org.Test.PostAsync("/api/v1/events", Seed.EventBody("\U0001F469\u200D\U0001F680 a\u00adb"));
        Assert.Equal("\U0001F469\u200D\U0001F680 a\u00adb", made.Json!["title"].Text());
    }

    /// <summary>Every input field, and every argument of a root field, that takes a single text.</summary>
    private IEnumerable<(string Name, Func<object, object?> Parse)> Texts()
    {
        var schema = Host.Get<ISchema>();
        schema.Initialize();
        var fields = schema.AllTypes.OfType<IInputObjectGraphType>()
            .SelectMany(type => type.Fields)
            .Where(field => IsText(field.ResolvedType!))
            .Select(field => (field.Name, Parse: (Func<object, object?>)(value => field.Parser!(value))));
        var arguments = schema.AllTypes.OfType<IObjectGraphType>()
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields)
            .SelectMany(field => field.Arguments ?? [])
            .Where(argument => IsText(argument.ResolvedType!))
            .Select(argument => (argument.Name, Parse: (Func<object, object?>)(value => argument.Parser!(value))));
        return fields.Concat(arguments);
    }

    private static bool IsText(IGraphType type) =>
        (type is NonNullGraphType required ? required.ResolvedType : type) is StringGraphType;
}
