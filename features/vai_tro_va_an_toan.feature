# language: vi
Tính năng: Vai trò và an toàn của bàn rà soát
  Để mỗi người chỉ thấy và chỉ làm phần việc của mình,
  và để không ai sửa được lịch sử mà không bị lộ,
  người quản trị trao vai trò, phần mềm giữ cửa và ghi nhật ký.

  Bối cảnh:
    Biết một bàn rà soát có đủ các vai trò

  Tình huống: Người mới đổi mật khẩu dùng một lần rồi mới làm việc
    Khi quản trị thêm "lan" làm cán bộ xã của "Bình Lư"
    Và "lan" đăng nhập bằng mật khẩu vừa được trao
    Thì phần mềm yêu cầu đặt mật khẩu riêng
    Khi người ấy đặt mật khẩu "mot cau ngan de nho"
    Thì người ấy vào được trang đầu

  Tình huống: Mật khẩu dễ đoán không được nhận
    Khi rà soát viên đổi mật khẩu thành "Mật khẩu 123"
    Thì phần mềm trả lời "quá dễ đoán"

  Khung tình huống: Mỗi vai trò vào đúng trang của mình
    Khi <vai trò> mở "<trang>"
    Thì phần mềm <trả lời>

    Dữ liệu:
      | vai trò      | trang       | trả lời             |
      | quản trị     | /nguoi-dung | cho vào             |
      | rà soát viên | /nguoi-dung | từ chối với mã GA403 |
      | pháp chế     | /nhat-ky    | cho vào             |
      | chỉ xem      | /nhat-ky    | từ chối với mã GA403 |
      | cán bộ xã    | /don-vi     | từ chối với mã GA403 |
      | toà soạn     | /don-vi     | từ chối với mã GA403 |

  Tình huống: Đoán mật khẩu nhiều lần thì phải chờ
    Khi có người đoán sai mật khẩu của rà soát viên 6 lần
    Thì phần mềm từ chối với mã GA407

  Tình huống: Khoá nhầm một người thì mở lại được ngay
    Khi quản trị khoá tài khoản chỉ xem
    Thì tài khoản chỉ xem không đăng nhập được
    Khi quản trị bấm hoàn tác
    Thì tài khoản chỉ xem đăng nhập được

  Tình huống: Danh sách thôn, bản có dòng sai thì chưa dòng nào được nhập
    Khi rà soát viên nhập danh sách thôn, bản
      | Xã, phường | Loại | Tên thôn, bản               | Số hộ |
      | Bình Lư    | bản  | Nà Khương                   | 85    |
      | Hà Nội     | bản  | Xa                          | 1     |
      | Bình Lư    | bản  | =HYPERLINK("http://x","Nà") | 12    |
    Thì phần mềm trả lời "1 dòng cần sửa, 2 dòng đúng"
    Và xã "Bình Lư" có 0 thôn, bản
    Khi người ấy chọn chỉ nhập những dòng đúng
    Thì xã "Bình Lư" có 2 thôn, bản
    Và tệp csv tải về không có ô nào là công thức

  Tình huống: Sửa nhật ký thì bị lộ
    Khi có người sửa dòng 2 của nhật ký ngay trong tệp kho
    Và pháp chế kiểm tra chuỗi nhật ký
    Thì phần mềm trả lời "đứt ở dòng 2"
    Và lệnh kiểm tra nhật ký thoát với mã 1
