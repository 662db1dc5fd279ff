using System.Globalization;
using PilotPlatform.Pilots.Ledger;

namespace PilotPlatform.Pilots.Tests;

/// <summary>File names as people write them.</summary>
public sealed class FileNameMatcherTests
{
    private static readonly MatchArtefact[] Five = [.. ItemListDouble.Five.Select(a => new MatchArtefact(a.Key, a.Name))];

    [Theory]
    [InlineData("12-一案-承接方案.docx", 12, "plan")]
    [InlineData("012 一课.pdf", 12, "course")]
    [InlineData("１２－一案.docx", 12, "plan")]
    [InlineData("12一单.xlsx", 12, "list")]
    [InlineData("第12项 一表（反馈表）盖章.pdf", 12, "form")]
    [InlineData("（十二）一单.xlsx", 12, "list")]
    [InlineData("十二一案.docx", 12, "plan")]
    [InlineData("12.一专员.docx", 12, "liaison")]
    [InlineData("12_承接方案（终稿）.docx", 12, "plan")]
    [InlineData("12-PLAN.docx", 12, "plan")]
    [InlineData("1-一案.docx", 1, "plan")]
    [InlineData("96、一课 培训计划.pdf", 96, "course")]
    public void Match_NumberAndArtefact_FindsTheSlot(string name, int number, string artefact)
    {
        var match = Matcher(96).Match(name);
        match.Problem.ShouldBeNull();
        match.ItemId.ShouldBe(IdOf(number));
        match.ArtefactKey.ShouldBe(artefact);
    }

    [Theory]
    [InlineData("承接方案.docx", nameof(FileMatchProblem.NoNumber))]
    [InlineData("一单.xlsx", nameof(FileMatchProblem.NoNumber))]
    [InlineData("IMG_20240601.pdf", nameof(FileMatchProblem.NoNumber))]
    [InlineData("97-一案.docx", nameof(FileMatchProblem.UnknownNumber))]
    [InlineData("120-一案.docx", nameof(FileMatchProblem.UnknownNumber))]
    [InlineData("20240601-一案.docx", nameof(FileMatchProblem.UnknownNumber))]
    [InlineData("12.docx", nameof(FileMatchProblem.UnknownArtefact))]
    [InlineData("12-会议纪要.docx", nameof(FileMatchProblem.UnknownArtefact))]
    [InlineData("1-2-一案.docx", nameof(FileMatchProblem.UnknownArtefact))]
    public void Match_WhatCannotBeTold_SaysWhy(string name, string problem)
    {
        var match = Matcher(96).Match(name);
        match.Problem.ToString().ShouldBe(problem);
        (match.ItemId is null || match.ArtefactKey is null).ShouldBeTrue();
    }

    [Fact]
    public void Match_NumbersWithParts_TakesTheLongest()
    {
        var items = new[] { new MatchItem(IdOf(1), 1, "1"), new MatchItem(IdOf(2), 2, "1-2"), new MatchItem(IdOf(3), 3, "A-03") };
        var matcher = new FileNameMatcher(items, Five);
        matcher.Match("1-2-一案.docx").ItemId.ShouldBe(IdOf(2));
        matcher.Match("1.2 一案.docx").ItemId.ShouldBe(IdOf(2));
        matcher.Match("1-一案.docx").ItemId.ShouldBe(IdOf(1));
        matcher.Match("a-3 一案.docx").ItemId.ShouldBe(IdOf(3));
    }

    [Fact]
    public void Match_TwoItemsOrTwoArtefactsOfOneName_DoesNotGuess()
    {
        var items = new[] { new MatchItem(IdOf(1), 1, "5"), new MatchItem(IdOf(2), 2, "05"), new MatchItem(IdOf(3), 3, "6") };
        var matcher = new FileNameMatcher(items, [new MatchArtefact("a", "方案（承接）"), new MatchArtefact("b", "方案（培训）")]);
        matcher.Match("5-方案.docx").Problem.ShouldBe(FileMatchProblem.SeveralItems);
        matcher.Match("6-方案.docx").Problem.ShouldBe(FileMatchProblem.SeveralArtefacts);
        matcher.Match("6-培训.docx").ArtefactKey.ShouldBe("b");
    }

    [Fact]
    public void Match_ListWithoutNumbers_CountsByPlace() =>
        new FileNameMatcher([new MatchItem(IdOf(1), 1, ""), new MatchItem(IdOf(2), 2, "")], Five).Match("2-一案.docx").ItemId.ShouldBe(IdOf(2));

    private static FileNameMatcher Matcher(int count) =>
        new([.. Enumerable.Range(1, count).Select(n => new MatchItem(IdOf(n), n, n.ToString(CultureInfo.InvariantCulture)))], Five);

    private static Guid IdOf(int number) => new(number, 0, 0, new byte[8]);
}
