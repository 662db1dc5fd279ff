using PilotPlatform.Errors;

namespace PilotPlatform.Kernel.Tests;

public sealed class InputCheckTests
{
    [Theory]
    [InlineData("南通\0扬州", PlatformErrorCodes.InvalidInput)]
    [InlineData("一二三四五六七八九", PlatformErrorCodes.TooLong)]
    [InlineData(" ", PlatformErrorCodes.Required)]
    [InlineData(null, PlatformErrorCodes.Required)]
    public void Text_WhenItCannotBeKept_IsRefusedAtItsField(string? text, string code) =>
        Should.Throw<InputException>(() => new InputCheck().Text(text, "search", 8).ThrowIfAny()).Errors.Single()
            .ShouldSatisfyAllConditions(e => e.Field.ShouldBe("search"), e => e.Code.ShouldBe(code));
}
