import Testing

@testable import VoiceMonitoring

@Suite struct TasksMessageTests {
    @Test func `who knows the tasks is told what is not as it was`() throws {
        let scene = Scene()
        for id in ["ended", "same", "further"] { scene.monitor.recordTaskStart(TaskStart(taskID: id)) }
        let told = scene.snapshot.toldTasks
        scene.clock.advance(seconds: 2)
        scene.monitor.recordTaskEnd(taskID: "ended", success: true, durationMilliseconds: 5)
        scene.tell(.taskProgress(TaskProgress(taskID: "further", percentage: 40)))
        scene.monitor.recordTaskStart(TaskStart(taskID: "new", agentName: "bug-hunter"))
        #expect(
            try json(scene.snapshot.message(on: .tasks, tasks: told)) == #"{"active_count":3,"active_tasks":["#
                + #"{"agent_name":"bug-hunter","current_step":null,"elapsed_ms":0,"instruction_preview":null,"#
                + #""progress_pct":null,"session_id":null,"started_at":"2026-01-31T12:00:02.000Z","#
                + #""status":"executing","task_id":"new"}],"changed_tasks":[{"current_step":null,"#
                + #""progress_pct":40,"status":"executing","task_id":"further"}],"ended_tasks":["ended"],"#
                + #""full":false,"queue_depth":null,"server_time":"2026-01-31T12:00:02.000Z","status":{}}"#)
    }

    @Test func `a task that is told anew comes as a whole`() throws {
        let scene = Scene()
        scene.monitor.recordTaskStart(TaskStart(taskID: "one"))
        let told = scene.snapshot.toldTasks
        scene.monitor.recordTaskStart(TaskStart(taskID: "one", agentName: "bug-hunter"))
        let message = TasksMessage(scene.snapshot.amplifier, after: told)
        #expect(message.activeTasks.map(\.agentName) == ["bug-hunter"])
        #expect(message.changedTasks?.isEmpty == true)
        #expect(message.endedTasks == [])
    }

    @Test func `tasks say the same while only time goes by`() throws {
        let scene = Scene()
        scene.monitor.recordTaskStart(TaskStart(taskID: "one"))
        let before = try json(scene.snapshot.essence(of: .tasks))
        scene.clock.advance(seconds: 2)
        #expect(try json(scene.snapshot.essence(of: .tasks)) == before)
    }
}
