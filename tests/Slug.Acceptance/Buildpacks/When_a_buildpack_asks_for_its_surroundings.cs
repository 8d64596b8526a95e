namespace Slug.Acceptance.Buildpacks;

/// <summary>What real buildpacks take for granted of the machine that they run on.</summary>
[Parallelizable]
public class When_a_buildpack_asks_for_its_surroundings
{
    [TestCase("touch $1/x && mkdir $1/d && [[ $(stat -c %d $1) == $(stat -c %d $TMPDIR) ]]", TestName = "Should_have_app_and_TMPDIR_on_one_file_system")]
    [TestCase("mkdir $TMPDIR/new && echo x > $TMPDIR/new/y && mv $TMPDIR/new $1/new && mv $1/new/y $TMPDIR/y", TestName = "Should_rename_between_app_and_TMPDIR")]
    [TestCase("for t in jq xz unzip file envsubst ps nc erb; do command -v $t >/dev/null || { echo \"no $t\"; exit 1; }; done", TestName = "Should_have_the_tools_that_buildpacks_use")]
    [TestCase("grep -rq . /etc/apt/sources.list.d", TestName = "Should_have_sources_of_packages")]
    [TestCase("[[ $STACK == heroku-2? && $HOME == /app && $PWD != $HOME && -w $HOME ]]", TestName = "Should_have_a_stack_that_it_knows_and_a_home")]
    [CancelAfter(120_000)]
    public async Task Should_have(string question, CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                ["Procfile"] = "web: sleep infinity\n",
                [".buildpacks"] = "./asks\n",
                ["asks/bin/detect"] = "#!/bin/bash\necho Asking\n",
                ["asks/bin/compile"] = $"#!/bin/bash\nset -e\n{question}\n",
            },
            cancellationToken);
        var push = await folder.PushAsync(Slugs.Scripted, Slugs.NewName(), cancellationToken);
        Assert.That(push.ExitCode, Is.Zero, push.Output);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_the_app_itself_where_it_is_inline(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                ["bin/detect*"] = "#!/bin/bash\necho Own\n",
                ["bin/compile*"] = "#!/bin/bash\necho \"compiled in $PWD\"\n",
                ["bin/release*"] = "#!/bin/bash\necho 'default_process_types: {web: sleep infinity}'\n",
            },
            cancellationToken);
        var push = await folder.PushAsync(Slugs.Real, Slugs.NewName(), cancellationToken);
        Assert.That(push.Output, Does.Contain("Own app detected").And.Contains("compiled in /app").And.Contains("Defaults of inline -> web").And.Contains("Released v1"));
    }
}
